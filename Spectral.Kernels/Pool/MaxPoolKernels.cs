using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Maximum over windows: on GPUs a work-item for each result, so that neighbours read side by side, on CPUs one
/// for each row.
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

    /// <summary>
    /// For CPUs: a work-item owns rows of results and makes four of them at a time, since one alone would wait
    /// for each comparison. Beyond the ends of a row a window repeats its last input, which changes nothing.
    /// </summary>
    internal static void ForwardRows<T>(ArrayView<T> x, ArrayView<T> y, ArrayView<int> places, PoolShape shape)
        where T : unmanaged, INumber<T>
    {
        var (height, width) = (shape.OutputHeight, shape.OutputWidth);
        for (var row = WorkItem.Index; row < shape.Planes * height; row += WorkItem.Count)
        {
            var plane = row / height * shape.Height * shape.Width;
            var top = PoolWindows.First(row % height, shape.StrideHeight, shape.PadHeight);
            var bottom = PoolWindows.End(
                row % height, shape.StrideHeight, shape.PadHeight, shape.KernelHeight, shape.Height);
            for (var start = 0; start < width; start += 4)
            {
                // A last group that is not whole is moved back.
                var o = Math.Max(0, Math.Min(start, width - 4));
                var (o1, o2, o3) = (Math.Min(o + 1, width - 1), Math.Min(o + 2, width - 1), Math.Min(o + 3, width - 1));
                var (w0, w1) = ((o * shape.StrideWidth) - shape.PadWidth, (o1 * shape.StrideWidth) - shape.PadWidth);
                var (w2, w3) = ((o2 * shape.StrideWidth) - shape.PadWidth, (o3 * shape.StrideWidth) - shape.PadWidth);
                var first = top * shape.Width;
                var peak0 = Peak<T>.Of(x, plane, first + Inside(w0, shape.Width));
                var peak1 = Peak<T>.Of(x, plane, first + Inside(w1, shape.Width));
                var peak2 = Peak<T>.Of(x, plane, first + Inside(w2, shape.Width));
                var peak3 = Peak<T>.Of(x, plane, first + Inside(w3, shape.Width));
                for (var h = top; h < bottom; h++)
                    for (var tap = 0; tap < shape.KernelWidth; tap++)
                    {
                        var line = h * shape.Width;
                        peak0 = Peak<T>.Higher(peak0, Peak<T>.Of(x, plane, line + Inside(w0 + tap, shape.Width)));
                        peak1 = Peak<T>.Higher(peak1, Peak<T>.Of(x, plane, line + Inside(w1 + tap, shape.Width)));
                        peak2 = Peak<T>.Higher(peak2, Peak<T>.Of(x, plane, line + Inside(w2 + tap, shape.Width)));
                        peak3 = Peak<T>.Higher(peak3, Peak<T>.Of(x, plane, line + Inside(w3 + tap, shape.Width)));
                    }

                var at = row * width;
                (y[at + o], places[at + o]) = (peak0.Value, peak0.Place);
                (y[at + o1], places[at + o1]) = (peak1.Value, peak1.Place);
                (y[at + o2], places[at + o2]) = (peak2.Value, peak2.Place);
                (y[at + o3], places[at + o3]) = (peak3.Value, peak3.Place);
            }
        }
    }

    /// <summary>Each input gathers the gradients of the windows that it won.</summary>
    internal static void Backward<T>(ArrayView<T> dy, ArrayView<int> places, ArrayView<T> dx, PoolShape shape)
        where T : unmanaged, INumber<T>
    {
        var (height, width) = (shape.OutputHeight, shape.OutputWidth);
        for (var item = WorkItem.Index; item < shape.Planes * shape.Height * shape.Width; item += WorkItem.Count)
        {
            var (row, w) = (item / shape.Width, item % shape.Width);
            var (plane, h) = (row / shape.Height * height * width, row % shape.Height);
            var top = PoolWindows.FirstOver(h, shape.StrideHeight, shape.PadHeight, shape.KernelHeight);
            var bottom = PoolWindows.EndOver(h, shape.StrideHeight, shape.PadHeight, height);
            var left = PoolWindows.FirstOver(w, shape.StrideWidth, shape.PadWidth, shape.KernelWidth);
            var right = PoolWindows.EndOver(w, shape.StrideWidth, shape.PadWidth, width);
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

    private static int Inside(int w, int width) => Math.Max(0, Math.Min(w, width - 1));

    private static IEnumerable<Delegate> Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<int>, PoolShape>)Forward,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<int>, PoolShape>)ForwardRows,
        (Action<ArrayView<T>, ArrayView<int>, ArrayView<T>, PoolShape>)Backward,
        (Action<ArrayView<T>, ArrayView<int>, ArrayView<T>, PoolShape>)Scatter,
    ];
}
