namespace Spectral.Kernels;

/// <summary>
/// An array seen as [batch, channels, inner], row-major: one row is the inner run of one sample's channel.
/// Spatial axes, if any, make up the inner extent.
/// </summary>
/// <param name="Batch">Samples.</param>
/// <param name="Channels">Channels, each with statistics of its own.</param>
/// <param name="Inner">Elements of a row; 1 where there are no spatial axes.</param>
public readonly record struct NormShape(int Batch, int Channels, int Inner)
{
    /// <summary>Elements of the whole array.</summary>
    public long Length => (long)Batch * Channels * Inner;

    /// <summary>Elements of one channel.</summary>
    public int Count => Batch * Inner;

    /// <summary>
    /// Number of parts into which the batch is cut when there are too few channels to keep a device busy;
    /// each part is summed by itself and a second pass adds the parts in order.
    /// </summary>
    /// <param name="wanted">Channel parts that keep the device busy.</param>
    public int Splits(int wanted) =>
        Math.Clamp((wanted + Channels - 1) / Math.Max(1, Channels), 1, Math.Max(1, Batch));

    /// <inheritdoc/>
    public override string ToString() => $"batch {Batch}, channels {Channels}, inner {Inner}";
}
