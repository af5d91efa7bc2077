using System.Globalization;

namespace Spectral.Autograd;

/// <summary>What <see cref="GradCheck"/> found.</summary>
/// <param name="Passed">Whether every entry agreed.</param>
/// <param name="Entries">Number of Jacobian entries compared.</param>
/// <param name="WorstError">Largest |analytic − numeric| over (1 + |numeric|).</param>
/// <param name="WorstInput">Index of the input with the largest error.</param>
/// <param name="WorstElement">Flat element of that input.</param>
/// <param name="WorstOutput">Flat element of the output.</param>
/// <param name="Analytic">The backward pass's value there.</param>
/// <param name="Numeric">The finite difference there.</param>
/// <param name="Tolerance">The bound on <paramref name="WorstError"/>.</param>
public sealed record GradCheckReport(
    bool Passed, int Entries, double WorstError, int WorstInput, int WorstElement, int WorstOutput,
    double Analytic, double Numeric, double Tolerance)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(Passed ? "passed" : "FAILED")}: {Entries} entries, worst error {WorstError:E2} (tolerance " +
        $"{Tolerance:E1}) at input {WorstInput}[{WorstElement}] → output[{WorstOutput}]: " +
        $"analytic {Analytic:G10}, numeric {Numeric:G10}");
}
