using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>
/// Hunts for the operation that makes the first NaN or infinity, forward or backward. Every result is
/// read back and checked, so it is slow; switch it on to find a fault.
/// </summary>
public static class AnomalyMode
{
    [ThreadStatic]
    private static bool _enabled;

    /// <summary>Whether results are checked on this thread.</summary>
    public static bool IsEnabled => _enabled;

    /// <summary>Checks until the result is disposed: <c>using (AnomalyMode.Detect()) { … }</c>.</summary>
    public static IDisposable Detect() => new Restore();

    internal static void Check(Tensor tensor, string operation, string pass, string? madeAt)
    {
        var values = tensor.ToDoubles();
        var bad = Array.FindIndex(values, v => !double.IsFinite(v));
        if (bad >= 0)
            Throw.Invalid(operation, $"{values[bad]} at element {bad} of {tensor.Shape} in its {pass}",
                "finite values", "look at its inputs" + (madeAt is null ? "" : $"; it was called at:\n{madeAt}"));
    }

    private sealed class Restore : IDisposable
    {
        private readonly bool _before = _enabled;

        public Restore() => _enabled = true;

        public void Dispose() => _enabled = _before;
    }
}
