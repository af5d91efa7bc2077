namespace Spectral.Kernels;

/// <summary>
/// A <see cref="PlaneTransformPlan"/> as <see cref="PlaneBlockKernels"/> take it. Offsets of what lies in shared memory are
/// counted in complex numbers.
/// </summary>
internal struct PlaneBlockArguments
{
    public int Planes, Height, Width;

    /// <summary>Bins of the horizontal axis, frequencies from 0 on of the vertical one, and those of both signs.</summary>
    public int Columns, Pairs, Rows;

    /// <summary>The same in whole twos.</summary>
    public int PaddedColumns, PaddedPairs;

    /// <summary>Planes of a group, as a power of two.</summary>
    public int LogPlanes;

    /// <summary>Elements from one plane of samples to the next: odd, so that planes spread over the banks.</summary>
    public int Pitch;

    /// <summary>
    /// Where the horizontal matrix begins, after the vertical one; rows between the axes; samples or spectra.
    /// </summary>
    public int Horizontal, Between, Ends;

    public Divisor ByHeight, ByWidth, ByColumns;

    /// <summary>A group for some planes each, as large as a device has them: shared memory leaves room for a few only.</summary>
    internal readonly LaunchShape LaunchOn(ComputeDevice device) => new(
        (Planes + (1 << LogPlanes) - 1) >> LogPlanes,
        Math.Min(device.Limits.MaxGroupSize, PlaneBlockKernels.LargestGroup));

    internal static PlaneBlockArguments Of(PlaneTransformPlan plan, int logPlanes)
    {
        var (height, width, columns, pairs) = (plan.H.Length, plan.W.Length, plan.W.Kept, plan.H.Kept);
        var g = new PlaneBlockArguments
        {
            Planes = plan.Planes,
            Height = height,
            Width = width,
            Columns = columns,
            Pairs = pairs,
            Rows = plan.H.Band.BothSigns,
            PaddedColumns = PairMatrix.Padded(columns),
            PaddedPairs = PairMatrix.Padded(pairs),
            LogPlanes = logPlanes,
            Pitch = (height * (width + 1)) | 1,
            ByHeight = Divisor.Of(height),
            ByWidth = Divisor.Of(width),
            ByColumns = Divisor.Of(columns),
        };
        g.Horizontal = height * g.PaddedPairs;
        g.Between = g.Horizontal + (width * g.PaddedColumns);
        g.Ends = g.Between + ((columns * height) << logPlanes);
        return g;
    }

    /// <summary>Elements of shared memory for so many planes, there or back.</summary>
    internal static long ElementsOf(PlaneTransformPlan plan, int logPlanes, bool isInverse)
    {
        // Larger planes never fit, and their products may not fit in an integer.
        const int LongestSide = 1024;
        if (Math.Max(plan.H.FftLength, plan.W.FftLength) > LongestSide)
            return long.MaxValue / 16;
        var g = Of(plan, logPlanes);
        var spectra = isInverse ? 4L * g.Columns * g.Pairs : 0;
        return (2L * g.Ends) + (Math.Max(g.Pitch, spectra) << logPlanes);
    }
}
