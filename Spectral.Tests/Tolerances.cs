namespace Spectral.Tests;

/// <summary>
/// Every tolerance of the tests in one table. Each is a relative error in the L2 norm unless it says
/// otherwise, and stands beside the worst error measured when it was set.
/// </summary>
public static class Tolerances
{
    /// <summary>Real GEMM in float against double, any candidate. Worst measured 3e-7.</summary>
    public const double GemmFloat = 2e-6;

    /// <summary>Real GEMM in double. Worst measured 4e-16.</summary>
    public const double GemmDouble = 1e-14;
}
