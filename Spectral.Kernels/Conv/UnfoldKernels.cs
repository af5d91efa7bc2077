using System.Numerics;
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

    /// <summary>Copies every tap of every output, zeros where the padding is, a row at a time.</summary>
    internal static void Unfold<T>(ArrayView<T> x, ArrayView<T> columns, UnfoldArguments g)
        where T : unmanaged, INumber<T>
    {
        var taps = g.C * g.R * g.Q;
        for (var item = WorkItem.Index; item < g.Images * taps * g.OutH; item += WorkItem.Count)
        {
            var oh = item % g.OutH;
            var tap = item / g.OutH % taps;
            var image = item / g.OutH / taps;
            var q = tap % g.Q;
            var r = tap / g.Q % g.R;
            var c = tap / g.Q / g.R;
            var h = (oh * g.StrideH) + (r * g.DilationH) - g.PadH;
            var from = (((((g.First + image) * g.C) + c) * g.H) + h) * g.W;
            var to = item * g.OutW;
            var inside = h >= 0 && h < g.H;
            for (var ow = 0; ow < g.OutW; ow++)
            {
                var w = (ow * g.StrideW) + (q * g.DilationW) - g.PadW;
                var value = T.Zero;
                if (inside && w >= 0 && w < g.W)
                    value = x[from + w];
                columns[to + ow] = value;
            }
        }
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
