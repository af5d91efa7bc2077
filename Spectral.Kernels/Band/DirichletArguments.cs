namespace Spectral.Kernels;

/// <summary>How a group of work-items deals out the products of a low-pass of a row.</summary>
internal struct DirichletArguments
{
    /// <summary>Samples of a row before and after, and of the <see cref="DirichletTable"/>.</summary>
    public int Inputs, Outputs, Table;

    /// <summary>Fours of outputs that a group makes at once, and work-items that share the inputs of one of them.</summary>
    public int Quads, Shares;

    /// <summary>Inputs that are held at once, and of these a share, a multiple of four.</summary>
    public int Depth, Part;

    /// <summary>Groups of a row, where it has several.</summary>
    public int Blocks;

    /// <summary>Divisions.</summary>
    public Divisor ByQuads, ByBlocks;

    /// <param name="table">The low-pass.</param>
    /// <param name="groupSize">Work-items of a group.</param>
    /// <param name="outputs">Outputs of a group.</param>
    /// <param name="mostDepth">Inputs that it can hold.</param>
    internal static DirichletArguments Of(DirichletTable table, int groupSize, int outputs, int mostDepth)
    {
        var (from, to) = table.Lengths;
        var quads = GemmPlan.Blocks(outputs, 4);
        var shares = Math.Min(groupSize / quads, mostDepth / 4);
        var parts = Math.Min(GemmPlan.Blocks(from, 4 * shares), mostDepth / (4 * shares));
        var blocks = GemmPlan.Blocks(to, outputs);
        return new DirichletArguments
        {
            Inputs = from,
            Outputs = to,
            Table = from + to - 1,
            Quads = quads,
            Shares = shares,
            Part = 4 * parts,
            Depth = 4 * parts * shares,
            Blocks = blocks,
            ByQuads = Divisor.Of(quads),
            ByBlocks = Divisor.Of(blocks),
        };
    }
}
