using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>One way of doing the work of a contest, its operands made, ready to run.</summary>
internal abstract class Contender : IDisposable
{
    /// <summary>Runs so many times and waits for the result.</summary>
    /// <returns>Time of one run.</returns>
    internal abstract Sample Run(int runs);

    /// <summary>
    /// Relative L2 distance of the result from the same in double; null where it is not known.
    /// </summary>
    internal abstract double? Error();

    /// <summary>Time of a run by kernel; empty where it is not ours.</summary>
    internal virtual IReadOnlyList<KernelTime> Kernels() => [];

    /// <inheritdoc/>
    public abstract void Dispose();
}
