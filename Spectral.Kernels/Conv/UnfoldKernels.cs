using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>A <see cref="ConvShape"/> as kernels take it, for a part of the batch.</summary>
internal struct UnfoldArguments(ConvShape s, int firstImage, int images)
{
    public int First = firstImage, Images = images, C = s.C;
    public int H = s.Input.H, W = s.Input.W, R = s.Kernel.H, Q = s.Kernel.W;
    public int OutH = s.Output.H, OutW = s.Output.W;
    public int StrideH = s.H.Stride, StrideW = s.W.Stride, PadH = s.H.PadBefore, PadW = s.W.PadBefore;
    public int DilationH = s.H.Dilation, DilationW = s.W.Dilation;
}

/// <summary>Between images and columns: [image][c·r·q][oh·ow], a column of taps for each output.</summary>
internal sealed class UnfoldKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>Copies every tap of every output, zeros where the padding is, four outputs at a time.</summary>
    internal static void Unfold<T>(ArrayView<T> x, ArrayView<T> columns, UnfoldArguments g)
        where T : unmanaged, INumber<T>
    {
        var outputs = g.OutH * g.OutW;
        var quads = (outputs + 3) / 4;
        var aligned = (outputs & 3) == 0;
        for (var item = WorkItem.Index; item < g.Images * g.C * g.R * g.Q * quads; item += WorkItem.Count)
        {
            var column = item / quads;
            var output = (item - (column * quads)) * 4;
            var (planeOfTap, q) = (column / g.Q, column % g.Q);
            var (plane, r) = (planeOfTap / g.R, planeOfTap % g.R);
            var (oh, ow) = (output / g.OutW, output % g.OutW);
            var from = ((g.First * g.C) + plane) * g.H * g.W;
            var h = (oh * g.StrideH) + (r * g.DilationH) - g.PadH;
            var w = (ow * g.StrideW) + (q * g.DilationW) - g.PadW;
            var last = (g.OutW * g.StrideW) + (q * g.DilationW) - g.PadW;
            Lanes4<T> four;
            four.V0 = Next(x, g, from, ref h, ref w, last);
            four.V1 = Next(x, g, from, ref h, ref w, last);
            four.V2 = Next(x, g, from, ref h, ref w, last);
            four.V3 = Next(x, g, from, ref h, ref w, last);
            var to = (column * outputs) + output;
            if (aligned)
            {
                Wide.Store(columns, to, four);
                continue;
            }

            columns[to] = four.V0;
            if (output + 1 < outputs)
                columns[to + 1] = four.V1;
            if (output + 2 < outputs)
                columns[to + 2] = four.V2;
            if (output + 3 < outputs)
                columns[to + 3] = four.V3;
        }
    }

    /// <summary>
    /// What a tap reads for one output, or zero; then goes on to the next output, in the next row if need be.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Next<T>(ArrayView<T> x, UnfoldArguments g, int from, ref int h, ref int w, int last)
        where T : unmanaged, INumber<T>
    {
        var value = T.Zero;
        if (h >= 0 && h < g.H && w >= 0 && w < g.W)
            value = x[from + (h * g.W) + w];
        w += g.StrideW;
        if (w == last)
        {
            w -= g.OutW * g.StrideW;
            h += g.StrideH;
        }

        return value;
    }

    /// <summary>
    /// The adjoint: each input element gathers, in a fixed order, every tap that read it.
    /// </summary>
    internal static void Fold<T>(ArrayView<T> columns, ArrayView<T> x, UnfoldArguments g)
        where T : unmanaged, INumber<T>
    {
        var size = g.C * g.H * g.W;
        for (var item = WorkItem.Index; item < g.Images * size; item += WorkItem.Count)
        {
            var image = item / size;
            var w = item % g.W;
            var h = item / g.W % g.H;
            var c = item / g.W / g.H % g.C;
            var sum = T.Zero;
            for (var r = 0; r < g.R; r++)
            {
                var oh = h + g.PadH - (r * g.DilationH);
                if (oh < 0 || oh % g.StrideH != 0 || oh / g.StrideH >= g.OutH)
                    continue;
                for (var q = 0; q < g.Q; q++)
                {
                    var ow = w + g.PadW - (q * g.DilationW);
                    if (ow < 0 || ow % g.StrideW != 0 || ow / g.StrideW >= g.OutW)
                        continue;
                    var tap = (((c * g.R) + r) * g.Q) + q;
                    var row = (((image * g.C * g.R * g.Q) + tap) * g.OutH) + (oh / g.StrideH);
                    sum += columns[(row * g.OutW) + (ow / g.StrideW)];
                }
            }

            x[(g.First * size) + item] = sum;
        }
    }

    private static Delegate[] Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, UnfoldArguments>)Unfold,
        (Action<ArrayView<T>, ArrayView<T>, UnfoldArguments>)Fold,
    ];
}
