using System.Numerics;

namespace Spectral.Kernels;

/// <summary>How a group of a <see cref="BlockFft{T}"/> shares its memory and its work-items among rows.</summary>
/// <param name="IsSmall">Whether the small form holds it.</param>
/// <param name="LogRows">Logarithm of the rows of a group.</param>
/// <param name="Pitch">Points from one row to the next, at least those of a row.</param>
/// <param name="Group">Work-items.</param>
internal readonly record struct BlockShape(bool IsSmall, int LogRows, int Pitch, int Group)
{
    /// <summary>Bytes of shared memory of the small form: lets several groups share a multiprocessor.</summary>
    internal const int SmallBytes = 12 * 1024;

    /// <summary>Bytes of the large form: what every device grants a group.</summary>
    internal const int LargeBytes = 48 * 1024;

    /// <summary>Work-items of a group, for each of the two forms: a butterfly or two for each.</summary>
    private const int SmallGroup = 128, LargeGroup = 256;

    /// <summary>
    /// Places of shared memory that work-items reach side by side, and as many work-items whose accesses go together: 32
    /// banks of 4 bytes hold 16 complex floats.
    /// </summary>
    private const int Banks = 16;

    /// <summary>Points of the longest row that fits.</summary>
    internal static int LongestSpan(DType type)
    {
        const int Run = SpreadPoints<PointLane<float>, float>.Run;
        return LargeBytes / Bytes(Run, type) * Run;
    }

    /// <summary>
    /// The shape for rows of so many points. Groups have two sizes only: some drivers compile a kernel anew for every size.
    /// </summary>
    /// <param name="span">Points of a row.</param>
    /// <param name="inner">Rows that there are next to each other.</param>
    /// <param name="perRow">Work-items of a row.</param>
    /// <param name="type">Precision.</param>
    /// <param name="maxGroup">Work-items that the device allows.</param>
    internal static BlockShape Of(int span, int inner, int perRow, DType type, int maxGroup)
    {
        var isSmall = Bytes(span, type) <= SmallBytes;
        var group = Math.Min(isSmall ? SmallGroup : LargeGroup, maxGroup);
        var rows = (int)Math.Min(
            BitOperations.RoundUpToPowerOf2((uint)inner),
            1u << BitOperations.Log2((uint)Math.Clamp(group / perRow, 1, group)));
        while (rows > 1 && Bytes(rows * PitchOf(span, rows), type) > (isSmall ? SmallBytes : LargeBytes))
            rows /= 2;
        return new BlockShape(
            isSmall, BitOperations.Log2((uint)rows), PitchOf(span, rows), group);
    }

    /// <summary>Bytes that so many points take, in two halves between which the stages go back and forth.</summary>
    internal static int Bytes(int points, DType type) =>
        SpreadPoints<PointLane<float>, float>.Places(2 * points) * 2 * type.SizeOf();

    /// <summary>
    /// Work-items to a bank at most where neighbours have neighbouring rows, as when these are neighbours in global memory.
    /// </summary>
    internal static int Conflicts(int rows, int pitch) =>
        Enumerable.Range(0, Banks)
            .Select(item => SpreadPoints<PointLane<float>, float>.Places((item % rows * pitch) + (item / rows)) % Banks)
            .CountBy(bank => bank).Max(count => count.Value);

    /// <summary>The shortest of the pitches with the fewest conflicts.</summary>
    private static int PitchOf(int span, int rows) =>
        Enumerable.Range(span, Banks).MinBy(pitch => Conflicts(rows, pitch));
}
