namespace Spectral.Kernels;

/// <summary>One axis of a <see cref="StridedLoop"/>.</summary>
/// <param name="Extent">Number of steps.</param>
/// <param name="StrideA">Elements of the first operand per step; 0 repeats it.</param>
/// <param name="StrideB">Elements of the second operand per step; 0 repeats it.</param>
internal readonly record struct StridedAxis(int Extent, int StrideA, int StrideB);

/// <summary>Elements of the two operands where a row of a <see cref="StridedLoop"/> starts.</summary>
internal readonly record struct StridedStart(int A, int B);

/// <summary>
/// A walk over two operands with strides, reduced to the fewest axes: those of extent 1 are dropped and
/// neighbours that both operands step through evenly are joined. Small enough to be a kernel argument.
/// </summary>
/// <param name="Outer0">Outermost of the five axes round the inner loop; unused ones have extent 1.</param>
/// <param name="Outer1">Second axis.</param>
/// <param name="Outer2">Third axis.</param>
/// <param name="Outer3">Fourth axis.</param>
/// <param name="Outer4">Fifth axis.</param>
/// <param name="Inner">Axis of the inner loop.</param>
internal readonly record struct StridedLoop(
    StridedAxis Outer0, StridedAxis Outer1, StridedAxis Outer2, StridedAxis Outer3, StridedAxis Outer4,
    StridedAxis Inner)
{
    /// <summary>Axes left after the reduction.</summary>
    public const int MaxRank = 6;

    /// <summary>Rows: how often the inner loop runs.</summary>
    public int Rows => Outer0.Extent * Outer1.Extent * Outer2.Extent * Outer3.Extent * Outer4.Extent;

    /// <summary>Reduces a walk.</summary>
    /// <param name="extents">Extents, outermost first.</param>
    /// <param name="stridesA">Elements of the first operand per step of each axis.</param>
    /// <param name="stridesB">The same for the second operand.</param>
    /// <param name="operation">Named in the error.</param>
    /// <exception cref="InvalidInputException">More than six axes are left.</exception>
    public static StridedLoop Of(
        ReadOnlySpan<int> extents, ReadOnlySpan<int> stridesA, ReadOnlySpan<int> stridesB, string operation)
    {
        var axes = new List<StridedAxis>(extents.Length);
        for (var i = 0; i < extents.Length; i++)
        {
            if (extents[i] == 1)
                continue;
            var axis = new StridedAxis(extents[i], stridesA[i], stridesB[i]);
            if (axes.Count > 0 && axes[^1].StrideA == axis.Extent * axis.StrideA
                && axes[^1].StrideB == axis.Extent * axis.StrideB)
                axes[^1] = axis with { Extent = axes[^1].Extent * axis.Extent };
            else
                axes.Add(axis);
        }

        Throw.Unless(axes.Count <= MaxRank, operation,
            $"a layout of {axes.Count} axes that cannot be joined", $"at most {MaxRank}",
            "reshape the tensors to fewer axes, or make them contiguous in turn");
        var one = new StridedAxis(1, 0, 0);
        while (axes.Count < MaxRank)
            axes.Insert(0, one);
        return new StridedLoop(axes[0], axes[1], axes[2], axes[3], axes[4], axes[5]);
    }

    /// <summary>Strides of a contiguous row-major array of these extents.</summary>
    public static int[] Contiguous(ReadOnlySpan<int> extents)
    {
        var strides = new int[extents.Length];
        var step = 1;
        for (var i = extents.Length - 1; i >= 0; i--)
        {
            strides[i] = step;
            step *= extents[i];
        }

        return strides;
    }

    /// <summary>
    /// Strides of a contiguous array broadcast to the extents of another: aligned at the last axis, 0 where
    /// it repeats.
    /// </summary>
    public static int[] Broadcast(ReadOnlySpan<int> extents, ReadOnlySpan<int> to)
    {
        var own = Contiguous(extents);
        var strides = new int[to.Length];
        for (var i = 1; i <= extents.Length; i++)
            strides[^i] = extents[^i] == 1 ? 0 : own[^i];
        return strides;
    }

    /// <summary>Where a row starts, for kernels.</summary>
    public StridedStart Start(int row)
    {
        var (a, b) = (0, 0);
        Step(Outer4, ref row, ref a, ref b);
        Step(Outer3, ref row, ref a, ref b);
        Step(Outer2, ref row, ref a, ref b);
        Step(Outer1, ref row, ref a, ref b);
        return new StridedStart(a + (row * Outer0.StrideA), b + (row * Outer0.StrideB));
    }

    private static void Step(StridedAxis axis, ref int row, ref int a, ref int b)
    {
        var index = row % axis.Extent;
        row /= axis.Extent;
        a += index * axis.StrideA;
        b += index * axis.StrideB;
    }
}

/// <summary>
/// How the rows of a <see cref="StridedLoop"/> are cut for work-items: long runs on CPUs, where a run
/// vectorises; single elements on GPUs, where neighbours must be on neighbouring work-items.
/// </summary>
/// <param name="Length">Inner steps of one work-item.</param>
/// <param name="PerRow">Runs of one row.</param>
/// <param name="Count">Runs of all rows.</param>
internal readonly record struct StridedRuns(int Length, int PerRow, int Count)
{
    private const int ShortestRun = 256;

    /// <summary>The cut for a device.</summary>
    public static StridedRuns Of(StridedLoop loop, ComputeDevice device)
    {
        var (rows, inner) = (loop.Rows, loop.Inner.Extent);
        if (rows == 0 || inner == 0)
            return new StridedRuns(1, 1, 0);
        var length = 1;
        if (device.Quirks.PrefersVectorLoops)
        {
            var workItems = device.Limits.MaxGroups * device.Limits.ElementGroupSize;
            var even = (((long)rows * inner) + workItems - 1) / workItems;
            length = (int)Math.Min(inner, Math.Max(even, ShortestRun));
        }

        var perRow = (inner + length - 1) / length;
        return new StridedRuns(length, perRow, rows * perRow);
    }
}
