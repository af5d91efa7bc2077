using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Maximum over windows for CPUs, a row of results at a time: down its columns and then along them, in plain loops that
/// compilers turn into vector comparisons. Of equals the first of the plane wins; a NaN beats everything, the last one
/// the others, as in PyTorch.
/// </summary>
internal sealed class MaxPoolRowKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>Cells of scratch that a work-item needs, of values as of places: two rows.</summary>
    internal static int SlotLength(PoolShape shape) => 2 * Pitch(shape);

    internal static void Forward<T>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<int> places, ArrayView<T> peaks, ArrayView<int> won, PoolShape shape)
        where T : unmanaged, INumber<T>
    {
        var (height, width) = (shape.OutputHeight, shape.OutputWidth);

        // The row with what lies beside it, and the maxima of windows a column apart.
        var columns = WorkItem.Index * SlotLength(shape);
        var windows = columns + Pitch(shape);

        // Neighbours: they share rows of the input.
        var rows = (long)shape.Planes * height;
        for (var row = WorkItem.First(rows); row < WorkItem.End(rows); row++)
        {
            var plane = row / height * shape.Height * shape.Width;
            var top = PoolWindows.First(row % height, shape.StrideHeight, shape.PadHeight);
            var bottom = PoolWindows.End(
                row % height, shape.StrideHeight, shape.PadHeight, shape.KernelHeight, shape.Height);
            var inside = columns + shape.PadWidth;
            Start(x, plane, top * shape.Width, peaks, won, inside, shape.Width);
            for (var h = top + 1; h < bottom; h++)
                Down(x, plane, h * shape.Width, peaks, won, inside, shape.Width);

            // Beside the row stand its ends once more: they change nothing.
            Repeat(peaks, won, inside, columns, shape.PadWidth);
            Repeat(
                peaks, won, inside + shape.Width - 1, inside + shape.Width,
                Pitch(shape) - shape.PadWidth - shape.Width);
            var count = ((width - 1) * shape.StrideWidth) + 1;
            Copy(peaks, won, columns, windows, count);
            for (var tap = 1; tap < shape.KernelWidth; tap++)
                Along(peaks, won, columns + tap, windows, count);
            for (var o = 0; o < width; o++)
            {
                y[(row * width) + o] = peaks[windows + (o * shape.StrideWidth)];
                places[(row * width) + o] = won[windows + (o * shape.StrideWidth)];
            }
        }
    }

    /// <summary>A row, padded, up to the end of the last window.</summary>
    private static int Pitch(PoolShape shape) =>
        Math.Max(
            shape.PadWidth + shape.Width, ((shape.OutputWidth - 1) * shape.StrideWidth) + shape.KernelWidth);

    private static void Start<T>(
        ArrayView<T> x, int plane, int first, ArrayView<T> peaks, ArrayView<int> won, int at, int count)
        where T : unmanaged, INumber<T>
    {
        for (var i = 0; i < count; i++)
            Peak<T>.Store(peaks, won, at + i, Peak<T>.Of(x, plane, first + i));
    }

    /// <summary>The maxima so far of each column with one row more.</summary>
    private static void Down<T>(
        ArrayView<T> x, int plane, int first, ArrayView<T> peaks, ArrayView<int> won, int at, int count)
        where T : unmanaged, INumber<T>
    {
        for (var i = 0; i < count; i++)
            Peak<T>.Store(
                peaks, won, at + i,
                Peak<T>.Higher(Peak<T>.Load(peaks, won, at + i), Peak<T>.Of(x, plane, first + i)));
    }

    /// <summary>The maxima of windows with one column more.</summary>
    private static void Along<T>(ArrayView<T> peaks, ArrayView<int> won, int column, int window, int count)
        where T : unmanaged, INumber<T>
    {
        for (var i = 0; i < count; i++)
            Peak<T>.Store(
                peaks, won, window + i,
                Peak<T>.HigherInAnyOrder(
                    Peak<T>.Load(peaks, won, window + i), Peak<T>.Load(peaks, won, column + i)));
    }

    private static void Copy<T>(ArrayView<T> peaks, ArrayView<int> won, int from, int to, int count)
        where T : unmanaged, INumber<T>
    {
        for (var i = 0; i < count; i++)
            Peak<T>.Store(peaks, won, to + i, Peak<T>.Load(peaks, won, from + i));
    }

    private static void Repeat<T>(ArrayView<T> peaks, ArrayView<int> won, int from, int to, int count)
        where T : unmanaged, INumber<T>
    {
        for (var i = 0; i < count; i++)
            Peak<T>.Store(peaks, won, to + i, Peak<T>.Load(peaks, won, from));
    }

    private static IEnumerable<Delegate> Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<int>, ArrayView<T>, ArrayView<int>, PoolShape>)Forward,
    ];
}
