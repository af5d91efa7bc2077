using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Maximum over windows. A work-item makes <c>span</c> adjacent results of a row: a whole row on CPUs, one on
/// GPUs, where neighbours then read side by side.
/// </summary>
internal sealed class MaxPoolKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>
    /// The maximum and its place in its plane. The first of equals wins; a NaN beats everything, the last one
    /// the others, as in PyTorch.
    /// </summary>
    internal static void Forward<T>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<int> places, PoolShape shape, int span)
        where T : unmanaged, INumber<T>
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
                var place = (top * shape.Width) + left;
                var best = x[plane + place];
                for (var h = top; h < bottom; h++)
                {
                    for (var w = left; w < right; w++)
                    {
                        var value = x[plane + (h * shape.Width) + w];

                        // Without a short cut: a branch that data decide would be guessed wrong every time.
                        var wins = value > best | T.IsNaN(value);
                        best = wins ? value : best;
                        place = wins ? (h * shape.Width) + w : place;
                    }
                }

                y[(row * width) + o] = best;
                places[(row * width) + o] = place;
            }
        }
    }

    /// <summary>Each input gathers the gradients of the windows that it won.</summary>
    internal static void Backward<T>(
        ArrayView<T> dy, ArrayView<int> places, ArrayView<T> dx, PoolShape shape, int span)
        where T : unmanaged, INumber<T>
    {
        var (height, width) = (shape.OutputHeight, shape.OutputWidth);
        var segments = (shape.Width + span - 1) / span;
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
                        if (places[plane + (p * width) + q] == (h * shape.Width) + w)
                            sum += dy[plane + (p * width) + q];
                dx[(row * shape.Width) + w] = sum;
            }
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
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<int>, PoolShape, int>)Forward,
        (Action<ArrayView<T>, ArrayView<int>, ArrayView<T>, PoolShape, int>)Backward,
        (Action<ArrayView<T>, ArrayView<int>, ArrayView<T>, PoolShape>)Scatter,
    ];
}
