namespace Spectral.Kernels;

/// <summary>
/// What a group computes of a product at once: rows by columns of outputs, four by four of them a work-item. Its
/// slices are so deep that a work-item brings one or two fours of each operand. Where tiles are small, work-items
/// share the depth of a slice in parts, whose sums are added in the end, so that a group is never less than four warps.
/// All are constants to compilers.
/// </summary>
internal interface ITile
{
    /// <summary>Outputs down and across.</summary>
    static abstract int Rows { get; }

    /// <inheritdoc cref="Rows"/>
    static abstract int Columns { get; }

    /// <summary>Depth of a slice's half, or of one plane of a complex slice.</summary>
    static abstract int Depth { get; }

    /// <summary>Parts of a slice's depth.</summary>
    static abstract int Parts { get; }

    /// <summary>Elements of shared memory for two pairs of slices, and afterwards for the sums of the parts.</summary>
    static abstract int SharedElements { get; }
}

/// <summary>For many rows and columns.</summary>
internal readonly struct Tile64x64 : ITile
{
    public static int Rows => 64;

    public static int Columns => 64;

    public static int Depth => 8;

    public static int Parts => 1;

    public static int SharedElements => 4352;
}

/// <summary>For a batch of 32.</summary>
internal readonly struct Tile32x64 : ITile
{
    public static int Rows => 32;

    public static int Columns => 64;

    public static int Depth => 8;

    public static int Parts => 1;

    public static int SharedElements => 3328;
}

/// <summary>For products too few to fill a device with larger ones.</summary>
internal readonly struct Tile32x32 : ITile
{
    public static int Rows => 32;

    public static int Columns => 32;

    public static int Depth => 16;

    public static int Parts => 2;

    public static int SharedElements => 4608;
}

/// <summary>For few products of long sums, and for the fewest.</summary>
internal readonly struct Tile16x16 : ITile
{
    public static int Rows => 16;

    public static int Columns => 16;

    public static int Depth => 32;

    public static int Parts => 8;

    public static int SharedElements => 5120;
}

/// <summary>For a batch of 16.</summary>
internal readonly struct Tile16x32 : ITile
{
    public static int Rows => 16;

    public static int Columns => 32;

    public static int Depth => 16;

    public static int Parts => 4;

    public static int SharedElements => 3584;
}
