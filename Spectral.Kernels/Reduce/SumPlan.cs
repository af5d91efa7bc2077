namespace Spectral.Kernels;

/// <summary>
/// One pass of a sum over the middle axis of [outer, count, inner]: the axis is cut into segments, each
/// summed by one work-item; while there is more than one segment, their sums are summed by the next pass.
/// Segments depend on the extents alone, so the order of additions is fixed.
/// </summary>
/// <param name="Outer">Extent before the axis.</param>
/// <param name="Count">Extent of the axis.</param>
/// <param name="Inner">Extent after the axis.</param>
/// <param name="Segments">How many segments the axis is cut into.</param>
/// <param name="First">Terms from the start of one segment to the start of the next.</param>
/// <param name="Step">Terms from one term of a segment to its next.</param>
/// <param name="Length">Terms of a full segment.</param>
internal readonly record struct SumPlan(
    int Outer, int Count, int Inner, int Segments, int First, int Step, int Length)
{
    // Short enough for parallel work when outputs are few and for small rounding errors (a work-item keeps
    // eight running sums of scattered terms, one of adjacent columns); long enough that the partial sums
    // are a small fraction of the traffic.
    private const int TermsOfScattered = 512;
    private const int TermsOfColumn = 128;

    // Of GPUs where the terms of an output are neighbours: its work-items then read side by side.
    private const int TermsOfNeighbours = 32;

    /// <summary>Adjacent outputs from which on work-items of a GPU read side by side anyway.</summary>
    private const int SideBySide = 32;

    /// <summary>Adjacent outputs that one work-item of the column kernel sums.</summary>
    public const int Columns = 8;

    /// <summary>Whether the kernel for adjacent columns runs it.</summary>
    public bool ByColumns => Length == TermsOfColumn;

    /// <summary>Work-items.</summary>
    public int Items => Outer * Segments * (ByColumns ? (Inner + Columns - 1) / Columns : Inner);

    /// <summary>The first pass of a sum.</summary>
    /// <param name="outer">Extent before the axis.</param>
    /// <param name="count">Extent of the axis.</param>
    /// <param name="inner">Extent after the axis.</param>
    /// <param name="vectorLoops">
    /// Whether a work-item should read adjacent terms (CPUs); otherwise neighbouring work-items do.
    /// </param>
    public static SumPlan Of(int outer, int count, int inner, bool vectorLoops)
    {
        var length = vectorLoops
            ? inner >= Columns ? TermsOfColumn : TermsOfScattered
            : inner < SideBySide ? TermsOfNeighbours : TermsOfScattered;
        var segments = Math.Max(1, (count + length - 1) / length);
        return vectorLoops
            ? new SumPlan(outer, count, inner, segments, length, 1, length)
            : new SumPlan(outer, count, inner, segments, 1, segments, length);
    }

    /// <summary>Terms of a segment: the last may be shorter.</summary>
    public int TermsOf(int segment)
    {
        var left = (Count - (segment * First) + Step - 1) / Step;
        return left < Length ? left : Length;
    }
}
