using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Maximum over windows: for GPUs a work-item for each result, so that neighbours read side by side; for CPUs the way
/// back of <see cref="MaxPoolRowKernels"/>.
/// </summary>
internal sealed class MaxPoolKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>
    /// The maximum and its place in its plane. The first of equals wins; a NaN beats everything, the last one
    /// the others, as in PyTorch.
    /// </summary>
    internal static void Forward<T>(ArrayView<T> x, ArrayView<T> y, ArrayView<int> places, PoolShape shape)
        where T : unmanaged, INumber<T>
    {
        var (height, width) = (shape.OutputHeight, shape.OutputWidth);
        for (var item = WorkItem.Index; item < shape.Planes * height * width; item += WorkItem.Count)
        {
            var (row, o) = (item / width, item % width);
            var plane = row / height * shape.Height * shape.Width;
            var top = PoolWindows.First(row % height, shape.StrideHeight, shape.PadHeight);
            var bottom = PoolWindows.End(
                row % height, shape.StrideHeight, shape.PadHeight, shape.KernelHeight, shape.Height);
            var left = PoolWindows.First(o, shape.StrideWidth, shape.PadWidth);
            var right = PoolWindows.End(o, shape.StrideWidth, shape.PadWidth, shape.KernelWidth, shape.Width);
            var peak = Peak<T>.Of(x, plane, (top * shape.Width) + left);
            for (var h = top; h < bottom; h++)
                for (var w = left; w < right; w++)
                    peak = Peak<T>.Higher(peak, Peak<T>.Of(x, plane, (h * shape.Width) + w));
            y[item] = peak.Value;
            places[item] = peak.Place;
        }
    }

    /// <summary>Each input gathers the gradients of the windows that it won.</summary>
    internal static void Backward<T>(
        ArrayView<T> dy, ArrayView<int> places, ArrayView<T> dx, PoolShape shape, PoolDivisors by)
        where T : unmanaged, INumber<T>
    {
        var (height, width) = (shape.OutputHeight, shape.OutputWidth);
        for (var item = WorkItem.Index; item < shape.Planes * shape.Height * shape.Width; item += WorkItem.Count)
        {
            var row = by.Width.Quotient(item);
            var index = by.Height.Quotient(row);
            var (w, h, plane) = (item - (row * shape.Width), row - (index * shape.Height), index * height * width);
            var top = PoolWindows.FirstOver(h, by.StrideHeight, shape.PadHeight, shape.KernelHeight);
            var bottom = PoolWindows.EndOver(h, by.StrideHeight, shape.PadHeight, height);
            var left = PoolWindows.FirstOver(w, by.StrideWidth, shape.PadWidth, shape.KernelWidth);
            var right = PoolWindows.EndOver(w, by.StrideWidth, shape.PadWidth, width);
            var sum = T.Zero;
            for (var p = top; p < bottom; p++)
                for (var q = left; q < right; q++)
                    if (places[plane + (p * width) + q] == (h * shape.Width) + w)
                        sum += dy[plane + (p * width) + q];
            dx[item] = sum;
        }
    }

    /// <summary>
    /// For CPUs: a work-item owns a plane and sends each gradient to the input that won its window, in order.
    /// </summary>
    internal static void Scatter<T>(ArrayView<T> dy, ArrayView<int> places, ArrayView<T> dx, PoolShape shape)
        where T : unmanaged, INumber<T>
    {
        var (inputs, outputs) = (shape.Height * shape.Width, shape.OutputHeight * shape.OutputWidth);
        for (var plane = WorkItem.Index; plane < shape.Planes; plane += WorkItem.Count)
        {
            for (var i = plane * inputs; i < (plane + 1) * inputs; i++)
                dx[i] = T.Zero;
            for (var o = plane * outputs; o < (plane + 1) * outputs; o++)
                dx[(plane * inputs) + places[o]] += dy[o];
        }
    }

    private static IEnumerable<Delegate> Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<int>, PoolShape>)Forward,
        (Action<ArrayView<T>, ArrayView<int>, ArrayView<T>, PoolShape, PoolDivisors>)Backward,
        (Action<ArrayView<T>, ArrayView<int>, ArrayView<T>, PoolShape>)Scatter,
    ];
}
