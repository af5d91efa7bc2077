using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>What the right operand of a product of spectra is made of: how a panel of it is packed.</summary>
internal interface ISpectrumPanels<T, TLanes>
    where T : unmanaged, INumber<T>
    where TLanes : unmanaged, ILanes<T, TLanes>
{
    /// <summary>First column of a panel.</summary>
    static abstract int Column(SpectrumPanelArguments g, int panel);

    /// <summary>Makes a panel of columns, for l from first to last, as [l][2][width].</summary>
    static abstract void Pack(
        SpectrumPanelArguments g, ArrayView<T> b, ArrayView<T> matrix, ArrayView<T> scratch, int to,
        int frequency, int panel, int first, int last);
}

/// <summary>Spectra in memory, copied.</summary>
internal readonly struct StoredSpectra<T, TLanes> : ISpectrumPanels<T, TLanes>
    where T : unmanaged, INumber<T>
    where TLanes : unmanaged, ILanes<T, TLanes>
{
    /// <summary>The last panel is moved back to end with the row.</summary>
    public static int Column(SpectrumPanelArguments g, int panel) =>
        Math.Min(panel * TLanes.Width, Math.Max(0, g.Columns - TLanes.Width));

    public static void Pack(
        SpectrumPanelArguments g, ArrayView<T> b, ArrayView<T> matrix, ArrayView<T> scratch, int to,
        int frequency, int panel, int first, int last)
    {
        var re = (frequency * 2 * g.BPlane) + (Column(g, panel) * g.BColumn) + (first * g.BL);
        var im = re + g.BPlane;
        var width = Math.Min(TLanes.Width, g.Columns);
        for (var l = first; l < last; l++)
        {
            if (g.BColumn == 1 && width == TLanes.Width)
            {
                Lanes.Store(scratch, to, Lanes.Load<T, TLanes>(b, re));
                Lanes.Store(scratch, to + TLanes.Width, Lanes.Load<T, TLanes>(b, im));
            }
            else
            {
                Lanes.Gather(b, re, g.BColumn, scratch, to, width);
                Lanes.Gather(b, im, g.BColumn, scratch, to + TLanes.Width, width);
            }

            (re, im, to) = (re + g.BL, im + g.BL, to + (2 * TLanes.Width));
        }
    }
}

/// <summary>
/// Spectra of filters, computed from their few samples [panel][l][tap][width] at the moment they are needed:
/// a panel of them is made in registers and never leaves the core's first cache.
/// </summary>
internal readonly struct FilterTaps<T, TLanes> : ISpectrumPanels<T, TLanes>
    where T : unmanaged, INumber<T>
    where TLanes : unmanaged, ILanes<T, TLanes>
{
    /// <summary>
    /// Places that are made together, to hide the latency of the sums; a stretch is a multiple of it.
    /// </summary>
    internal const int Together = 4;

    /// <summary>The last panel may end beyond the row.</summary>
    public static int Column(SpectrumPanelArguments g, int panel) => panel * TLanes.Width;

    public static void Pack(
        SpectrumPanelArguments g, ArrayView<T> b, ArrayView<T> matrix, ArrayView<T> scratch, int to,
        int frequency, int panel, int first, int last)
    {
        var step = g.Taps * TLanes.Width;
        var matrixRe = matrix.SubView(frequency * 2 * g.Taps);
        var matrixIm = matrix.SubView(((frequency * 2) + 1) * g.Taps);
        for (var l = first; l < last; l += Together)
        {
            var at = ((panel * g.L) + l) * step;
            var b0 = b.SubView(at);
            var b1 = b.SubView(at + (Math.Min(1, g.L - 1 - l) * step));
            var b2 = b.SubView(at + (Math.Min(2, g.L - 1 - l) * step));
            var b3 = b.SubView(at + (Math.Min(3, g.L - 1 - l) * step));
            long tap = 0;
            var tile = ComplexTile<T, TLanes>.Zero;
            for (var t = 0; t < g.Taps; t++)
            {
                var re = matrixRe[t];
                var im = matrixIm[t];
                Add(ref tile.Re0, ref tile.Im0, re, im, Lanes.Load<T, TLanes>(b0, tap));
                Add(ref tile.Re1, ref tile.Im1, re, im, Lanes.Load<T, TLanes>(b1, tap));
                Add(ref tile.Re2, ref tile.Im2, re, im, Lanes.Load<T, TLanes>(b2, tap));
                Add(ref tile.Re3, ref tile.Im3, re, im, Lanes.Load<T, TLanes>(b3, tap));
                tap += TLanes.Width;
            }

            ComplexTile<T, TLanes>.Store(scratch, to, tile);
            to += 2 * Together * TLanes.Width;
        }
    }

    private static void Add(ref TLanes sumRe, ref TLanes sumIm, T re, T im, TLanes sample)
    {
        sumRe = TLanes.Add(sumRe, re, sample);
        sumIm = TLanes.Add(sumIm, im, sample);
    }
}
