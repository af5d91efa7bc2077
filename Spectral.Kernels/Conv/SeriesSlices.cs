namespace Spectral.Kernels;

/// <summary>What the kernels of the gradient of the input hold of output channels at once.</summary>
internal struct SeriesSlices
{
    /// <summary>Taps with zeros behind them, a multiple of four.</summary>
    public int Taps;

    /// <summary>Elements from one channel's gradients to the next one's.</summary>
    public int Pitch;

    /// <summary>Channels held, and those of them that are read side by side.</summary>
    public int Channels, Rows;

    /// <summary>Divisions.</summary>
    public Divisor ByTaps, ByPitch;

    /// <summary>For filters of a length.</summary>
    internal static SeriesSlices Of(int channels, int taps, int groupSize)
    {
        var padded = GemmPlan.Blocks(taps, 4) * 4;
        var pitch = SeriesInputKernels.SamplesOfGroup + padded;
        return new SeriesSlices
        {
            Taps = padded,
            Pitch = pitch,
            Channels = Math.Min(channels, SeriesInputKernels.Held / (pitch + padded)),
            Rows = groupSize / pitch,
            ByTaps = Divisor.Of(padded),
            ByPitch = Divisor.Of(pitch),
        };
    }
}
