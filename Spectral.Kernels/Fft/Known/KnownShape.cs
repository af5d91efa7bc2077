using System.Numerics;

namespace Spectral.Kernels;

/// <summary>How a group of a kernel for a known length shares its memory and its work-items among rows.</summary>
/// <param name="LogRows">Logarithm of the rows of a group.</param>
/// <param name="Pitch">Places from one row to the next.</param>
/// <param name="Blocks">Groups of each outer row.</param>
/// <param name="Results">Results of a row that an <see cref="IRowSink{T}"/> is asked for.</param>
/// <param name="ByItems">Division by the work-items of a row.</param>
/// <param name="ByBlocks">Division by <paramref name="Blocks"/>.</param>
/// <param name="ByLength">Division by the points of a row.</param>
internal readonly record struct KnownShape(
    int LogRows, int Pitch, int Blocks, int Results, Divisor ByItems, Divisor ByBlocks, Divisor ByLength)
{
    /// <summary>Bytes of shared memory of the small form: lets several groups share a multiprocessor.</summary>
    internal const int SmallBytes = 24 * 1024;

    /// <summary>Bytes of the large form: what every device grants a group.</summary>
    internal const int LargeBytes = 48 * 1024;

    /// <summary>Work-items of a group where rows are short.</summary>
    private const int Group = 128;

    /// <summary>Rows that are neighbours in memory, of which a group takes so many if it can, and its work-items then.</summary>
    private const int Neighbours = 16, LargestGroup = 512;

    // Places of shared memory that 16 work-items reach at once: 32 banks of 4 bytes hold 16 complex floats.
    private const int Banks = 16;

    /// <summary>Whether a group can hold a row.</summary>
    internal static bool Holds(IReadOnlyList<int> radices, DType type) => Bytes(Places(radices), type) <= LargeBytes;

    /// <summary>Work-items of a row.</summary>
    internal static int Items(IReadOnlyList<int> radices) => radices.Skip(1).Aggregate(1, (a, b) => a * b);

    /// <summary>The shape for rows of a job.</summary>
    /// <param name="radices">Radices of the length.</param>
    /// <param name="outer">Outer rows.</param>
    /// <param name="inner">Rows of each.</param>
    /// <param name="results">Results of a row that a sink is asked for.</param>
    /// <param name="areNeighbours">Whether rows are read or written side by side.</param>
    /// <param name="type">Precision.</param>
    /// <param name="maxGroup">Work-items that the device allows.</param>
    /// <param name="launch">How it is launched.</param>
    /// <param name="isSmall">Whether the small form holds it.</param>
    internal static KnownShape Of(
        IReadOnlyList<int> radices, int outer, int inner, int results, bool areNeighbours, DType type, int maxGroup,
        out LaunchShape launch, out bool isSmall)
    {
        var (items, places) = (Items(radices), Places(radices));
        var rows = RowsOf(inner, items, places, Math.Min(Group, maxGroup), SmallBytes, type);
        isSmall = rows > 0;
        if (!isSmall || (areNeighbours && rows < Neighbours))
        {
            var group = areNeighbours ? Math.Min(Math.Max(Group, Neighbours * items), LargestGroup) : Group;
            var more = RowsOf(inner, items, places, Math.Min(group, maxGroup), LargeBytes, type);
            isSmall &= more <= rows;
            rows = Math.Max(rows, Math.Min(more, Math.Max(Neighbours, rows)));
        }

        var logRows = BitOperations.Log2((uint)rows);
        var blocks = (inner + rows - 1) >> logRows;
        launch = new LaunchShape(outer * blocks, items * rows);
        return new KnownShape(
            logRows, Pitched(places, items, rows), blocks, results, Divisor.Of(items), Divisor.Of(blocks),
            Divisor.Of(items * radices[0]));
    }

    /// <summary>
    /// Work-items to a bank at most, of 16 that reach places of neighbouring rows, and of 16 that reach neighbouring places
    /// and then the next row.
    /// </summary>
    internal static (int ByRows, int ByPoints) Conflicts(int rows, int items, int pitch) => (
        Worst(lane => (lane % rows * pitch) + (lane / rows)), Worst(lane => (lane / items * pitch) + (lane % items)));

    // As many as fit into a group and its memory, a power of two, or none.
    private static int RowsOf(int inner, int items, int places, int group, int bytes, DType type)
    {
        var rows = (int)Math.Min(
            BitOperations.RoundUpToPowerOf2((uint)inner), 1u << BitOperations.Log2((uint)Math.Max(group / items, 1)));
        while (rows > 0 && Bytes(rows * Pitched(places, items, rows), type) > bytes)
            rows /= 2;
        return rows;
    }

    // As the stages lay results, see StageChain, and a sink bins.
    private static int Places(IReadOnlyList<int> radices)
    {
        var length = radices.Aggregate(1, (a, b) => a * b);
        var (places, stride, groups) = (length + 1, 1, length);
        for (var i = 0; i < radices.Count - 1; i++)
        {
            groups /= radices[i];
            var gap = i > 0 ? (stride < Banks ? stride : 0) : groups < Banks ? 1 : Math.Max(1, Banks / radices[i]);
            places = Math.Max(places, ((groups * stride) + gap) * radices[i]);
            stride *= radices[i];
        }

        return places;
    }

    // In two halves, between which the stages go back and forth.
    private static int Bytes(int places, DType type) => 2 * places * 2 * type.SizeOf();

    private static int Pitched(int places, int items, int rows) => rows == 1
        ? places
        : Enumerable.Range(places, Banks).MinBy(pitch => Conflicts(rows, items, pitch) is var (a, b) ? a + b : 0);

    private static int Worst(Func<int, int> placeOf) =>
        Enumerable.Range(0, Banks).CountBy(lane => placeOf(lane) % Banks).Max(count => count.Value);
}
