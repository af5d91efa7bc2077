using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// The kernel for GPUs: a group takes one or more rows through the whole transform in shared memory, a
/// work-item to a butterfly.
/// </summary>
internal sealed class BlockFftKernels : IKernelForms
{
    /// <summary>Bytes of shared memory of the small form: lets several groups share a multiprocessor.</summary>
    internal const int SmallBytes = 12 * 1024;

    /// <summary>Bytes of the large form: what every device grants a group.</summary>
    internal const int LargeBytes = 48 * 1024;

    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    internal static void Small<T>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<Complex<T>> table,
        ArrayView<int> stages, FftJob<T> job, int rowsInGroup)
        where T : unmanaged, INumber<T>
    {
        var shared = SharedMemory.Allocate<byte>(SmallBytes);
        Transform(x, y, bias, shared.Cast<ComplexLanes<PointLane<T>, T>>(), table, stages, job, rowsInGroup);
    }

    internal static void Large<T>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<Complex<T>> table,
        ArrayView<int> stages, FftJob<T> job, int rowsInGroup)
        where T : unmanaged, INumber<T>
    {
        var shared = SharedMemory.Allocate<byte>(LargeBytes);
        Transform(x, y, bias, shared.Cast<ComplexLanes<PointLane<T>, T>>(), table, stages, job, rowsInGroup);
    }

    private static void Transform<T>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<ComplexLanes<PointLane<T>, T>> data,
        ArrayView<Complex<T>> table, ArrayView<int> stages, FftJob<T> job, int rowsInGroup)
        where T : unmanaged, INumber<T>
    {
        var blocks = (job.Rows + rowsInGroup - 1) / rowsInGroup;
        for (var block = Grid.IdxX; block < blocks; block += Grid.DimX)
        {
            var first = block * rowsInGroup;
            var rows = Math.Min(rowsInGroup, job.Rows - first);

            // Step 1: rows into shared memory, neighbours in global memory by neighbouring work-items.
            for (var i = Group.IdxX; i < rows * job.Span; i += Group.DimX)
            {
                var at = Split(i, rows, job.Span, job.From.Inner < job.From.Point);
                data[(at.Row * job.Span) + at.Point] = FftInput<PointLane<T>, T>.Load(
                    x, table, job, (first + at.Row) / job.Inner, (first + at.Row) % job.Inner, 1, at.Point);
            }

            Group.Barrier();

            // Step 2: the stages, twice to convolve.
            var from = 0;
            var to = rowsInGroup * job.Span;
            var passes = job.Convolution > 0 ? 2 : 1;
            for (var pass = 0; pass < passes; pass++)
            {
                if (pass == 1)
                {
                    for (var i = Group.IdxX; i < rows * job.Span; i += Group.DimX)
                        data[from + i] = (data[from + i] * table[job.Spectrum + (i % job.Span)]).Swapped;
                    Group.Barrier();
                }

                for (var s = 0; s < job.Stages; s++)
                {
                    var stage = FftStages.Read(stages, s);
                    var inRow = stage.Groups * stage.Stride;
                    for (var i = Group.IdxX; i < rows * inRow; i += Group.DimX)
                    {
                        var row = i / inRow;
                        var b = i - (row * inRow);
                        var p = b / stage.Stride;
                        var offset = row * job.Span;
                        Butterflies<PointLane<T>, T>.Run(
                            stage, p, b - (p * stage.Stride), data, from + offset, to + offset, table);
                    }

                    Group.Barrier();
                    var swap = from;
                    from = to;
                    to = swap;
                }
            }

            // Step 3: results to global memory.
            for (var i = Group.IdxX; i < rows * job.Results; i += Group.DimX)
            {
                var at = Split(i, rows, job.Results, job.To.Inner < job.To.Point);
                var row = first + at.Row;
                var added = job.BiasLength > 0
                    ? PointLane<T>.GatherWrapped(bias, row % job.Inner, job.BiasLength)
                    : PointLane<T>.Zero;
                FftOutput<PointLane<T>, T>.Store(
                    data, from + (at.Row * job.Span), y, added, table, job,
                    row / job.Inner, row % job.Inner, 1, at.Point);
            }

            Group.Barrier();
        }
    }

    /// <summary>Row and point of work item i: whichever lies closer in memory runs fastest.</summary>
    private static (int Row, int Point) Split(int i, int rows, int points, bool rowsAreNeighbours) =>
        rowsAreNeighbours ? (i % rows, i / rows) : (i / points, i % points);

    private static IEnumerable<Delegate> Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>, ArrayView<int>,
            FftJob<T>, int>)Small,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>, ArrayView<int>,
            FftJob<T>, int>)Large,
    ];
}
