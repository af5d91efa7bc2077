using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>A <see cref="ConvWork"/> as kernels take it, what concerns its images.</summary>
internal struct SpreadArguments(ConvWork work)
{
    public int N = work.N, C = work.C;
    public int H = work.H.Length, W = work.W.Length, StrideH = work.H.Stride, StrideW = work.W.Stride;
    public int PadH = work.H.Pad, PadW = work.W.Pad, PhasesH = work.H.Phases, PhasesW = work.W.Phases;
    public int SpreadH = work.H.Spread, SpreadW = work.W.Spread;
}

/// <summary>Images with their zeros around, one for each phase of the stride.</summary>
internal sealed class SpreadKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>
    /// To [n][c][phase h][phase w][h][w], a work-item for each plane: element (h, w) of a phase is x at
    /// (h·stride + phase − pad).
    /// </summary>
    internal static void Spread<T>(ArrayView<T> x, ArrayView<T> spread, SpreadArguments g)
        where T : unmanaged, INumber<T>
    {
        var phases = g.PhasesH * g.PhasesW;
        for (var item = WorkItem.Index; item < g.N * g.C * phases; item += WorkItem.Count)
        {
            var shiftH = (item % phases / g.PhasesW) - g.PadH;
            var shiftW = (item % g.PhasesW) - g.PadW;
            var to = item * g.SpreadH * g.SpreadW;

            // First and last positions whose elements lie within the image.
            var firstH = First(shiftH, g.StrideH, g.SpreadH);
            var lastH = Last(shiftH, g.StrideH, g.SpreadH, g.H, firstH);
            var firstW = First(shiftW, g.StrideW, g.SpreadW);
            var lastW = Last(shiftW, g.StrideW, g.SpreadW, g.W, firstW);
            var from = (((item / phases * g.H) + shiftH + (firstH * g.StrideH)) * g.W) + shiftW
                + (firstW * g.StrideW);
            var row = to + (firstH * g.SpreadW) + firstW;
            var gap = g.SpreadW - (lastW - firstW);
            Clear(spread, to, row);
            for (var h = firstH; h < lastH; h++)
            {
                if (g.StrideW == 1)
                    Copy(x, from, spread, row, lastW - firstW);
                else
                    for (var w = 0; w < lastW - firstW; w++)
                        spread[row + w] = x[from + (w * g.StrideW)];
                row += lastW - firstW;
                if (h + 1 < lastH)
                {
                    Clear(spread, row, row + gap);
                    row += gap;
                    from += g.StrideH * g.W;
                }
            }

            Clear(spread, row, to + (g.SpreadH * g.SpreadW));
        }
    }

    /// <summary>Copies neighbours, as many as sixteen at a time.</summary>
    internal static void Copy<T>(ArrayView<T> from, int i, ArrayView<T> to, int j, int count)
        where T : unmanaged, INumber<T>
    {
        var done = 0;
        for (; done + 16 <= count; done += 16)
            Lanes.Store(to, j + done, Lanes.Load<T, Lanes16<T>>(from, i + done));
        for (; done + 4 <= count; done += 4)
            Lanes.Store(to, j + done, Lanes.Load<T, Lanes4<T>>(from, i + done));
        for (; done < count; done++)
            to[j + done] = from[i + done];
    }

    private static int First(int shift, int stride, int count) =>
        Math.Min(count, (Math.Max(0, -shift) + stride - 1) / stride);

    private static int Last(int shift, int stride, int count, int length, int first) =>
        Math.Min(count, Math.Max(first, (length - shift + stride - 1) / stride));

    internal static void Clear<T>(ArrayView<T> view, int from, int to) where T : unmanaged, INumber<T>
    {
        for (; from + 4 <= to; from += 4)
            Lanes.Store(view, from, Lanes4<T>.Zero);
        for (; from < to; from++)
            view[from] = T.Zero;
    }

    private static Delegate[] Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, SpreadArguments>)Spread,
    ];
}
