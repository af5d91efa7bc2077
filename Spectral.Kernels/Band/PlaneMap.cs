using System.Numerics;

namespace Spectral.Kernels;

/// <summary>Ideal low-passes along both axes of many planes, and their adjoints, as products with matrices.</summary>
public static class PlaneMap
{
    /// <summary>Both axes of a plane before and after.</summary>
    private readonly record struct Sizes((int From, int To) H, (int From, int To) W)
    {
        public override string ToString() => $"{H.From}x{W.From} to {H.To}x{W.To}";
    }

    /// <summary>From x to y; the matrices are [to][from].</summary>
    private sealed record Call(
        int Planes, Sizes Sizes, DeviceArray X, AxisMapMatrix Down, AxisMapMatrix Across, DeviceArray Y);

    /// <summary>Elements of a plane that a core's cache still holds beside the matrices.</summary>
    private const int LargestPlane = 1 << 14;

    private const int ItemsPerCore = 8;

    private static readonly CandidateList<Sizes, Action<Call>> Candidates = new("map",
        new("planes", (_, sizes) => sizes.H != (1, 1) && sizes.W.From <= SeparateRows.Length
                && (long)sizes.H.From * sizes.W.From <= LargestPlane,
            (device, _) => device.Quirks.PrefersVectorLoops, RunPlanes),
        new("gemm", (_, _) => true, (_, _) => true, RunGemm));

    /// <summary>y[p] = H · x[p] · Wᵀ.</summary>
    /// <param name="planes">Number of planes.</param>
    /// <param name="h">The vertical axis.</param>
    /// <param name="w">The horizontal axis.</param>
    /// <param name="x">[planes][h.Length][w.Length].</param>
    /// <param name="y">Overwritten: [planes][h.OutputLength][w.OutputLength].</param>
    /// <param name="candidate">Forces a candidate by name; null for the best.</param>
    /// <exception cref="InvalidInputException">Sizes, types or the candidate do not fit.</exception>
    public static void Apply(
        int planes, AxisMap h, AxisMap w, DeviceArray x, DeviceArray y, string? candidate = null)
    {
        Check(planes, h, w, x, y);
        Run(candidate, new Call(
            planes, Forward(h, w), x, new AxisMapMatrix(h, false), new AxisMapMatrix(w, false), y));
    }

    /// <summary>dx[p] = Hᵀ · dy[p] · W, the adjoint of <see cref="Apply"/>.</summary>
    /// <param name="planes">Number of planes.</param>
    /// <param name="h">The vertical axis.</param>
    /// <param name="w">The horizontal axis.</param>
    /// <param name="dy">[planes][h.OutputLength][w.OutputLength].</param>
    /// <param name="dx">Overwritten: [planes][h.Length][w.Length].</param>
    /// <param name="candidate">Forces a candidate by name; null for the best.</param>
    /// <exception cref="InvalidInputException">Sizes, types or the candidate do not fit.</exception>
    public static void Adjoint(
        int planes, AxisMap h, AxisMap w, DeviceArray dy, DeviceArray dx, string? candidate = null)
    {
        Check(planes, h, w, dx, dy);
        Run(candidate, new Call(
            planes, Backward(h, w), dy, new AxisMapMatrix(h, true), new AxisMapMatrix(w, true), dx));
    }

    /// <summary>Names of the candidates that can take planes through these axes on a device.</summary>
    public static IReadOnlyList<string> LegalCandidates(ComputeDevice device, AxisMap h, AxisMap w) =>
        [.. Candidates.Legal(device, Forward(h, w)).Intersect(Candidates.Legal(device, Backward(h, w)))];

    private static Sizes Forward(AxisMap h, AxisMap w) =>
        new((h.Length, h.OutputLength), (w.Length, w.OutputLength));

    private static Sizes Backward(AxisMap h, AxisMap w) =>
        new((h.OutputLength, h.Length), (w.OutputLength, w.Length));

    private static void Run(string? candidate, Call call)
    {
        var trials = Autotuner.IsOn
            ? new Trials<Action<Call>>($"{call.Planes} planes of {call.Sizes}, {call.Y.DType}", run => () => run(call))
            : null;
        Candidates.Choose(call.Y.Device, call.Sizes, candidate, trials).Run(call);
    }

    private static void RunPlanes(Call call)
    {
        if (call.Y.DType == DType.Float32)
            RunPlanes<float, Lanes16<float>>(call);
        else
            RunPlanes<double, Lanes8<double>>(call);
    }

    private static void RunPlanes<T, TLanes>(Call call)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var (device, type, (h, w)) = (call.Y.Device, call.Y.DType, call.Sizes);
        var tileRows = PanelTile<T, TLanes>.Rows;
        var down = BandMatrixCache.Get(device, new TiledMatrix(call.Down, h.To, h.From, tileRows), type);
        var across = BandMatrixCache.Get(device, new TiledMatrix(call.Across, w.To, w.From, TLanes.Width), type);
        var rowsAt = GemmPlan.Blocks(w.From, TLanes.Width) * h.From * TLanes.Width;
        var tileAt = rowsAt + (tileRows * SeparateRows.Pitch);
        var arguments = new PlaneMapArguments
        {
            Planes = call.Planes,
            FromH = h.From,
            FromW = w.From,
            ToH = h.To,
            ToW = w.To,
            RowsAt = rowsAt,
            TileAt = tileAt,
            SlotLength = tileAt + (tileRows * TLanes.Width),
        };
        var workers = Math.Min(call.Planes, ItemsPerCore * device.Limits.Cores);
        using var scratch = new Workspace(device, type, (long)workers * arguments.SlotLength, "low-pass");
        device.Launch(
            PlaneMapKernels.Map<T, TLanes>, new LaunchShape(workers, 1), call.X.View<T>(), down.View<T>(),
            across.View<T>(), call.Y.View<T>(), scratch.Array.View<T>(), arguments);
    }

    /// <summary>Two products with the matrices; the one along the rows takes all planes at once.</summary>
    private static void RunGemm(Call call)
    {
        var (device, (h, w)) = (call.Y.Device, call.Sizes);
        var transposed = call.Across with { Transposed = !call.Across.Transposed };
        var across = BandMatrixCache.Get(device, transposed, call.Y.DType);
        var alongRows = new GemmShape(1, call.Planes * h.From, w.To, w.From);
        if (h == (1, 1))
        {
            Gemm.Multiply(alongRows, call.X, across, call.Y);
            return;
        }

        var down = BandMatrixCache.Get(device, call.Down, call.Y.DType);
        using var between = new Workspace(device, call.Y.DType, (long)call.Planes * h.From * w.To, "low-pass");
        Gemm.Multiply(alongRows, call.X, across, between.Array);
        Gemm.Multiply(
            new GemmShape(call.Planes, h.To, w.To, h.From) { A = (0, h.From, 1) }, down, between.Array, call.Y);
    }

    private static void Check(int planes, AxisMap h, AxisMap w, DeviceArray input, DeviceArray output) =>
        Throw.Unless(
            planes >= 1 && h.IsValid && w.IsValid && input.Length == (long)planes * h.Length * w.Length
                && output.Length == (long)planes * h.OutputLength * w.OutputLength
                && input.DType == output.DType && input.DType.IsReal() && input.Device == output.Device,
            "low-pass",
            $"{input.Length} {input.DType} and {output.Length} {output.DType} for {planes} planes, rows: {h}, columns: {w}",
            "planes of the lengths of the axes, of one real type on one device", "allocate by the axes");
}
