namespace Spectral.Kernels;

/// <summary>What device memory is held for.</summary>
public enum MemoryRole
{
    /// <summary>Results on their way, scratch, whatever has no other role.</summary>
    Temporary,

    /// <summary>Parameters and buffers of layers.</summary>
    Parameters,

    /// <summary>Gradients of parameters.</summary>
    Gradients,

    /// <summary>State of an optimiser.</summary>
    OptimizerState,

    /// <summary>Values that an operation keeps for its backward pass.</summary>
    SavedActivations,

    /// <summary>Spectra that an operation keeps for its backward pass.</summary>
    SavedSpectra,
}

/// <summary>Bytes in use by role.</summary>
/// <param name="Parameters">See <see cref="MemoryRole.Parameters"/>.</param>
/// <param name="Gradients">See <see cref="MemoryRole.Gradients"/>.</param>
/// <param name="OptimizerState">See <see cref="MemoryRole.OptimizerState"/>.</param>
/// <param name="SavedActivations">See <see cref="MemoryRole.SavedActivations"/>.</param>
/// <param name="SavedSpectra">See <see cref="MemoryRole.SavedSpectra"/>.</param>
/// <param name="Temporary">See <see cref="MemoryRole.Temporary"/>.</param>
public readonly record struct MemoryByRole(
    long Parameters, long Gradients, long OptimizerState, long SavedActivations, long SavedSpectra,
    long Temporary)
{
    /// <summary>The sum.</summary>
    public long Total =>
        Parameters + Gradients + OptimizerState + SavedActivations + SavedSpectra + Temporary;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"parameters {Parameters:N0}, gradients {Gradients:N0}, optimiser state {OptimizerState:N0}, ")
        + FormattableString.Invariant(
            $"saved activations {SavedActivations:N0}, saved spectra {SavedSpectra:N0}, ")
        + FormattableString.Invariant($"temporary {Temporary:N0} bytes");
}

/// <summary>Running bytes of each role, for a <see cref="BufferPool"/>.</summary>
internal sealed class RoleCounters
{
    private readonly long[] _bytes = new long[Enum.GetValues<MemoryRole>().Length];

    internal void Add(MemoryRole role, long bytes) => _bytes[(int)role] += bytes;

    internal void CopyTo(RoleCounters other) => _bytes.CopyTo(other._bytes, 0);

    internal MemoryByRole Now => new(
        _bytes[(int)MemoryRole.Parameters], _bytes[(int)MemoryRole.Gradients],
        _bytes[(int)MemoryRole.OptimizerState], _bytes[(int)MemoryRole.SavedActivations],
        _bytes[(int)MemoryRole.SavedSpectra], _bytes[(int)MemoryRole.Temporary]);
}
