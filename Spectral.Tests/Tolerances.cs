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

    /// <summary>Golden cases in double of anything but transforms. Worst measured 4e-16.</summary>
    public const double GoldenDouble = 1e-12;

    /// <summary>Batch normalisation in float of data of the order of 1. Worst measured 3e-7.</summary>
    public const double NormFloat = 2e-6;

    /// <summary>The same, of mean 1000 and deviation 1: ten bits are gone. Worst measured 2e-5.</summary>
    public const double NormFloatFarMean = 1e-4;

    /// <summary>Optimiser steps in double. Worst measured 2e-16.</summary>
    public const double UpdateDouble = 1e-12;

    /// <summary>Eight optimiser steps in float. Worst measured 1e-7.</summary>
    public const double UpdateFloat = 1e-6;
    /// <summary>Pooling in float of inputs that were rounded to it. Worst measured 7e-8.</summary>
    public const double PoolFloat = 1e-6;
    /// <summary>Functions of one element in float, relative. Worst measured 0.</summary>
    public const double ElementwiseFloat = 1e-6;

    /// <summary>Functions of one element in float, relative. Worst measured 5e-7 (gelu at -3).</summary>
    public const double UnaryFloat = 2e-6;

    /// <summary>Functions of one element in double, relative. Worst measured 2e-15.</summary>
    public const double UnaryDouble = 1e-14;

    /// <summary>Sums of up to 300 000 terms in float. Worst measured 2e-7.</summary>
    public const double ReduceFloat = 1e-6;

    /// <summary>Sums of up to 300 000 terms in double. Worst measured 2e-16.</summary>
    public const double ReduceDouble = 1e-14;
    /// <summary>
    /// A transform in double against an oracle in double, whose own error it is: MathNet loses digits
    /// off the powers of two. Worst measured 5e-14.
    /// </summary>
    public const double FftDouble = 1e-12;

    /// <summary>
    /// A transform of n points in float: the contract of the library, as good as the best libraries are.
    /// Worst measured 0.31 of it (real, 5 points); Bluestein's 0.21.
    /// </summary>
    /// <param name="n">Points.</param>
    /// <param name="passes">2 where Bluestein's algorithm transforms twice.</param>
    public static double Fft(int n, int passes = 1) => 4 * passes * Math.ScaleB(1, -24)
        * Math.Sqrt(Math.Log2(Math.Max(n, 2)));

    /// <summary>Truncated transforms in float, either way. Worst measured 3e-7.</summary>
    public const double BandFloat = 2e-6;

    /// <summary>Truncated transforms in double. Worst measured 6e-16.</summary>
    public const double BandDouble = 1e-14;

    /// <summary>Golden convolutions in float, direct and band-limited. Worst measured 3e-7.</summary>
    public const double ConvFloat = 2e-6;

    /// <summary>Softmax and losses in float. Worst measured 2e-7.</summary>
    public const double LossFloat = 1e-6;

    /// <summary>Softmax and losses in double. Worst measured 2e-16.</summary>
    public const double LossDouble = 1e-14;

    /// <summary>Largest difference from another decoder of JPEGs, of 255. Worst measured 2.</summary>
    public const double JpegLargest = 3;

    /// <summary>Mean difference from another decoder of JPEGs, of 255. Worst measured 0.18.</summary>
    public const double JpegMean = 0.5;

    /// <summary>
    /// Share of the time waited for batches of 128 CIFAR images with steps of 20 ms; the first batch of an
    /// epoch is never ready. Measured 0.003 to 0.05 once compiled.
    /// </summary>
    public const double LoaderWaitShare = 0.1;

    /// <summary>Logits of narrow models in float against PyTorch in double. Worst measured 5e-7.</summary>
    public const double ModelFloat = 4e-6;

    /// <summary>Training steps of narrow models in double against PyTorch. Worst measured 7e-14.</summary>
    public const double ModelDouble = 1e-12;

    /// <summary>Any work of the benchmark suite in float against the same in double.</summary>
    public const double SuiteFloat = 1e-5;
}
