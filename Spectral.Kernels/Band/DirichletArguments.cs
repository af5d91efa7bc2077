namespace Spectral.Kernels;

/// <summary>How a group of work-items deals out the products of a low-pass of a row.</summary>
internal struct DirichletArguments
{
    /// <summary>Samples of a row before and after.</summary>
    public int Inputs, Outputs;

    /// <summary>Eights of outputs that a group makes at once, and work-items that share the inputs of one of them.</summary>
    public int Eights, Shares;

    /// <summary>Fours of inputs of a share that are held at once, and inputs of all shares.</summary>
    public int Fours, Depth;

    /// <summary>Groups of a row, where it has several.</summary>
    public int Blocks;

    /// <summary>Divisions.</summary>
    public Divisor ByEights, ByBlocks;

    /// <param name="table">The low-pass.</param>
    /// <param name="groupSize">Work-items of a group.</param>
    /// <param name="outputs">Outputs of a group.</param>
    /// <param name="mostDepth">Inputs that it can hold.</param>
    internal static DirichletArguments Of(DirichletTable table, int groupSize, int outputs, int mostDepth)
    {
        var (from, to) = table.Lengths;
        var eights = GemmPlan.Blocks(outputs, 8);
        var shares = Math.Min(groupSize / eights, mostDepth / 4);

        // As few steps as can be of the same size; odd, so that the shares of a warp meet in no bank; no more shares then.
        var quads = GemmPlan.Blocks(from, 4);
        var most = ((mostDepth / (4 * shares)) - 1) | 1;
        var steps = GemmPlan.Blocks(quads, shares * most);
        var fours = GemmPlan.Blocks(quads, shares * steps) | 1;
        shares = GemmPlan.Blocks(quads, steps * fours);
        var blocks = GemmPlan.Blocks(to, outputs);
        return new DirichletArguments
        {
            Inputs = from,
            Outputs = to,
            Eights = eights,
            Shares = shares,
            Fours = fours,
            Depth = 4 * fours * shares,
            Blocks = blocks,
            ByEights = Divisor.Of(eights),
            ByBlocks = Divisor.Of(blocks),
        };
    }
}
