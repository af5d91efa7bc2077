namespace Spectral.Kernels;

/// <summary>Sizes of a convolution of series of few taps, as its kernels take them.</summary>
internal struct SeriesArguments(ConvShape s)
{
    public int N = s.N, C = s.C, K = s.K, Length = s.W.Length, Q = s.W.Kernel, Outputs = s.W.Output;

    public int Padding = s.W.PadBefore;

    /// <summary>
    /// How groups are counted: along what is read or written side by side, then along channels, then series or output
    /// channels.
    /// </summary>
    public int Blocks, Channels;

    /// <summary>1 adds a bias of each output channel.</summary>
    public int Bias;

    /// <summary>Divisions by those.</summary>
    public Divisor ByBlocks, ByChannels;

    /// <summary>Of groups of some blocks and channels.</summary>
    internal static SeriesArguments Of(ConvShape shape, int blocks, int channels) => new(shape)
    {
        Blocks = blocks,
        Channels = channels,
        ByBlocks = Divisor.Of(blocks),
        ByChannels = Divisor.Of(channels),
    };

    /// <summary>Which block, which channel, and which series or output channel a group works on.</summary>
    internal readonly (int Block, int Channel, int Outer) PlaceOf(int group)
    {
        var rest = ByBlocks.Quotient(group);
        var last = ByChannels.Quotient(rest);
        return (group - (rest * Blocks), rest - (last * Channels), last);
    }
}
