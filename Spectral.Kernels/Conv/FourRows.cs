namespace Spectral.Kernels;

/// <summary>Where four rows start.</summary>
internal struct FourRows
{
    /// <summary>How many.</summary>
    internal const int Count = 4;

    public int R0, R1, R2, R3;

    /// <summary>Four rows from the first on, the last of all repeated, a pitch apart.</summary>
    internal static FourRows From(int first, int rows, int pitch)
    {
        FourRows four;
        four.R0 = first * pitch;
        four.R1 = Math.Min(first + 1, rows - 1) * pitch;
        four.R2 = Math.Min(first + 2, rows - 1) * pitch;
        four.R3 = Math.Min(first + 3, rows - 1) * pitch;
        return four;
    }

    /// <summary>All moved.</summary>
    internal static FourRows Moved(FourRows rows, int by)
    {
        rows.R0 += by;
        rows.R1 += by;
        rows.R2 += by;
        rows.R3 += by;
        return rows;
    }
}
