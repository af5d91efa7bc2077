using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Mean over windows; work is cut as in <see cref="MaxPoolKernels"/>.</summary>
internal sealed class AvgPoolKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() =>
    [
        .. Forms<float, FloatMath>(),
        .. Forms<double, DoubleMath>(),
    ];

    /// <summary>
    /// The sum of a window over its number of elements; padded ones count if <paramref name="countPad"/>.
    /// </summary>
    internal static void Forward<T, TMath>(
        ArrayView<T> x, ArrayView<T> y, PoolShape shape, int countPad, int span)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        var (height, width) = (shape.OutputHeight, shape.OutputWidth);
        var segments = (width + span - 1) / span;
        for (var item = WorkItem.Index; item < shape.Planes * height * segments; item += WorkItem.Count)
        {
            var (row, start) = (item / segments, item % segments * span);
            var plane = row / height * shape.Height * shape.Width;
            var top = PoolWindows.First(row % height, shape.StrideHeight, shape.PadHeight);
            var bottom = PoolWindows.End(
                row % height, shape.StrideHeight, shape.PadHeight, shape.KernelHeight, shape.Height);
            for (var o = start; o < start + span && o < width; o++)
            {
                var left = PoolWindows.First(o, shape.StrideWidth, shape.PadWidth);
                var right = PoolWindows.End(
                    o, shape.StrideWidth, shape.PadWidth, shape.KernelWidth, shape.Width);
                var sum = T.Zero;
                for (var h = top; h < bottom; h++)
                    sum += Runs.Sum(x, plane + (h * shape.Width) + left, right - left, T.Zero);
                var size = countPad != 0
                    ? shape.KernelHeight * shape.KernelWidth
                    : (bottom - top) * (right - left);
                y[(row * width) + o] = sum / TMath.FromInt(size);
            }
        }
    }

    /// <summary>Each input gathers its share of the windows that cover it.</summary>
    internal static void Backward<T, TMath>(
        ArrayView<T> dy, ArrayView<T> dx, PoolShape shape, int countPad, int span)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        var (height, width) = (shape.OutputHeight, shape.OutputWidth);
        var segments = (shape.Width + span - 1) / span;
        var whole = T.One;
        if (countPad != 0)
            whole = T.One / TMath.FromInt(shape.KernelHeight * shape.KernelWidth);
        for (var item = WorkItem.Index; item < shape.Planes * shape.Height * segments; item += WorkItem.Count)
        {
            var (row, start) = (item / segments, item % segments * span);
            var (plane, h) = (row / shape.Height * height * width, row % shape.Height);
            var top = PoolWindows.FirstOver(h, shape.StrideHeight, shape.PadHeight, shape.KernelHeight);
            var bottom = PoolWindows.EndOver(h, shape.StrideHeight, shape.PadHeight, height);
            for (var w = start; w < start + span && w < shape.Width; w++)
            {
                var left = PoolWindows.FirstOver(w, shape.StrideWidth, shape.PadWidth, shape.KernelWidth);
                var right = PoolWindows.EndOver(w, shape.StrideWidth, shape.PadWidth, width);
                var sum = T.Zero;
                for (var p = top; p < bottom; p++)
                    for (var q = left; q < right; q++)
                        sum += countPad != 0
                            ? dy[plane + (p * width) + q]
                            : dy[plane + (p * width) + q] / Covered<T, TMath>(shape, p, q);
                dx[(row * shape.Width) + w] = sum * whole;
            }
        }
    }

    /// <summary>The only window covers all of its plane: every input gets the same share.</summary>
    internal static void Spread<T, TMath>(ArrayView<T> dy, ArrayView<T> dx, int size, int span)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        var segments = (size + span - 1) / span;
        for (var item = WorkItem.Index; item < dy.IntLength * segments; item += WorkItem.Count)
        {
            var (plane, start) = (item / segments, item % segments * span);
            var end = start + span < size ? start + span : size;
            var share = dy[plane] / TMath.FromInt(size);
            for (var i = (plane * size) + start; i < (plane * size) + end; i++)
                dx[i] = share;
        }
    }

    private static T Covered<T, TMath>(PoolShape shape, int p, int q)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        var rows = PoolWindows.End(p, shape.StrideHeight, shape.PadHeight, shape.KernelHeight, shape.Height)
            - PoolWindows.First(p, shape.StrideHeight, shape.PadHeight);
        var columns = PoolWindows.End(q, shape.StrideWidth, shape.PadWidth, shape.KernelWidth, shape.Width)
            - PoolWindows.First(q, shape.StrideWidth, shape.PadWidth);
        return TMath.FromInt(rows * columns);
    }

    private static IEnumerable<Delegate> Forms<T, TMath>()
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, PoolShape, int, int>)Forward<T, TMath>,
        (Action<ArrayView<T>, ArrayView<T>, PoolShape, int, int>)Backward<T, TMath>,
        (Action<ArrayView<T>, ArrayView<T>, int, int>)Spread<T, TMath>,
    ];
}
