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
    /// To [n][c][phase h][phase w][h][w], a row at a time: element (h, w) of a phase is x at
    /// (h·stride + phase − pad).
    /// </summary>
    internal static void Spread<T>(ArrayView<T> x, ArrayView<T> spread, SpreadArguments g)
        where T : unmanaged, INumber<T>
    {
        var phases = g.PhasesH * g.PhasesW;
        var total = g.N * g.C * phases * g.SpreadH;
        for (var item = WorkItem.Index; item < total; item += WorkItem.Count)
        {
            var phase = item / g.SpreadH % phases;
            var plane = item / g.SpreadH / phases;
            var h = (item % g.SpreadH * g.StrideH) + (phase / g.PhasesW) - g.PadH;
            var shift = (phase % g.PhasesW) - g.PadW;
            var to = item * g.SpreadW;

            // First and last position whose element lies within the row.
            var first = Math.Min(g.SpreadW, (Math.Max(0, -shift) + g.StrideW - 1) / g.StrideW);
            var last = Math.Min(g.SpreadW, Math.Max(first, (g.W - shift + g.StrideW - 1) / g.StrideW));
            if (h < 0 || h >= g.H)
            {
                first = g.SpreadW;
                last = g.SpreadW;
            }

            var from = (((plane * g.H) + h) * g.W) + shift;
            for (var w = 0; w < first; w++)
                spread[to + w] = T.Zero;
            for (var w = first; w < last; w++)
                spread[to + w] = x[from + (w * g.StrideW)];
            for (var w = last; w < g.SpreadW; w++)
                spread[to + w] = T.Zero;
        }
    }

    private static Delegate[] Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, SpreadArguments>)Spread,
    ];
}
