namespace Spectral.Kernels;

/// <summary>What candidates are chosen by.</summary>
/// <param name="Length">Points of the complex transform underneath.</param>
/// <param name="Rows">How many of them.</param>
/// <param name="Type">Precision.</param>
internal sealed record FftShape(int Length, int Rows, DType Type)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Rows} × {Length} {Type}";
}

/// <summary>The ways of running a transform.</summary>
internal enum FftMethod
{
    /// <summary>Rows in the lanes of vectors, <see cref="LanesFftKernels"/>.</summary>
    Lanes,

    /// <summary>Rows in shared memory by a kernel for the length, <see cref="KnownFftKernels"/>.</summary>
    Known,

    /// <summary>Rows in shared memory, <see cref="BlockFftKernels"/>.</summary>
    Block,

    /// <summary>Stage by stage through global memory, <see cref="StageFftKernels"/>.</summary>
    Stages,
}
