using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// The steps of a transform as kernels of their own, points in global memory: for lengths that fit no
/// tile, and for any device.
/// </summary>
internal sealed class StageFftKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>Reads every row into <paramref name="data"/>, [rows][span].</summary>
    internal static void Load<T>(
        ArrayView<T> x, ArrayView<ComplexLanes<PointLane<T>, T>> data, ArrayView<Complex<T>> table, FftJob<T> job)
        where T : unmanaged, INumber<T>
    {
        for (var i = WorkItem.Index; i < job.Rows * job.Span; i += WorkItem.Count)
        {
            var row = i / job.Span;
            data[i] = FftInput<PointLane<T>, T>.Load(
                x, table, job, row / job.Inner, row % job.Inner, 1, i - (row * job.Span));
        }
    }

    /// <summary>One stage of every row, from one offset in <paramref name="data"/> to another.</summary>
    internal static void Stage<T>(
        ArrayView<ComplexLanes<PointLane<T>, T>> data, int from, int to, ArrayView<Complex<T>> table,
        Stage stage, int span, int rows)
        where T : unmanaged, INumber<T>
    {
        var inRow = stage.Groups * stage.Stride;
        for (var i = WorkItem.Index; i < rows * inRow; i += WorkItem.Count)
        {
            var row = i / inRow;
            var b = i - (row * inRow);
            var p = b / stage.Stride;
            var offset = row * span;
            var points = new DensePoints<PointLane<T>, T>(data);
            Butterflies<DensePoints<PointLane<T>, T>, DensePoints<PointLane<T>, T>, PointLane<T>, T>.Run(
                stage, p, b - (p * stage.Stride), points, from + offset, points, to + offset, table);
        }
    }

    /// <summary>Between the two passes of a convolution: times the spectrum of the chirp, swapped.</summary>
    internal static void Convolve<T>(
        ArrayView<ComplexLanes<PointLane<T>, T>> data, ArrayView<Complex<T>> table, FftJob<T> job)
        where T : unmanaged, INumber<T>
    {
        for (var i = WorkItem.Index; i < job.Rows * job.Span; i += WorkItem.Count)
            data[i] = (data[i] * table[job.Spectrum + (i % job.Span)]).Swapped;
    }

    /// <summary>Writes the results of every row.</summary>
    internal static void Store<T>(
        ArrayView<ComplexLanes<PointLane<T>, T>> data, ArrayView<T> y, ArrayView<T> bias,
        ArrayView<Complex<T>> table, FftJob<T> job)
        where T : unmanaged, INumber<T>
    {
        for (var i = WorkItem.Index; i < job.Rows * job.Results; i += WorkItem.Count)
        {
            // Neighbouring work-items write neighbouring memory, be it rows or points.
            var row = job.To.Inner < job.To.Point ? i % job.Rows : i / job.Results;
            var k = job.To.Inner < job.To.Point ? i / job.Rows : i % job.Results;
            var added = job.BiasLength > 0
                ? PointLane<T>.GatherWrapped(bias, row % job.Inner, job.BiasLength)
                : PointLane<T>.Zero;
            FftOutput<DensePoints<PointLane<T>, T>, PointLane<T>, T>.Store(
                new(data), row * job.Span, y, added, table, job, row / job.Inner, row % job.Inner, 1, k);
        }
    }

    private static IEnumerable<Delegate> Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<ComplexLanes<PointLane<T>, T>>, ArrayView<Complex<T>>, FftJob<T>>)Load,
        (Action<ArrayView<ComplexLanes<PointLane<T>, T>>, int, int, ArrayView<Complex<T>>, Stage, int, int>)Stage,
        (Action<ArrayView<ComplexLanes<PointLane<T>, T>>, ArrayView<Complex<T>>, FftJob<T>>)Convolve,
        (Action<ArrayView<ComplexLanes<PointLane<T>, T>>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>,
            FftJob<T>>)Store,
    ];
}
