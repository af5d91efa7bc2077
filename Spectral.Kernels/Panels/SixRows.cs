namespace Spectral.Kernels;

/// <summary>The rows of a tile: six neighbours, the last of all repeated, or where they lie.</summary>
internal struct SixRows
{
    public int R0, R1, R2, R3, R4, R5;

    /// <summary>Their numbers times a stride.</summary>
    /// <param name="first">The first.</param>
    /// <param name="end">One beyond the last of all.</param>
    /// <param name="stride">Distance of neighbours.</param>
    internal static SixRows From(int first, int end, int stride)
    {
        SixRows rows;
        rows.R0 = first * stride;
        rows.R1 = Math.Min(first + 1, end - 1) * stride;
        rows.R2 = Math.Min(first + 2, end - 1) * stride;
        rows.R3 = Math.Min(first + 3, end - 1) * stride;
        rows.R4 = Math.Min(first + 4, end - 1) * stride;
        rows.R5 = Math.Min(first + 5, end - 1) * stride;
        return rows;
    }
}
