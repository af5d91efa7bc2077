using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// Ideal low-passes along both axes of many planes, and their adjoints, as products with matrices, of long rows by fast
/// transforms, or, of a few rows on GPUs, as sums with the low-pass's own kernel.
/// </summary>
public static class PlaneMap
{
    /// <summary>What is to be done to each plane; a value.</summary>
    private readonly record struct Job(int Planes, AxisMap H, AxisMap W, bool IsAdjoint)
    {
        /// <summary>Lengths before and after.</summary>
        internal (int From, int To) Down => Lengths(H);

        /// <inheritdoc cref="Down"/>
        internal (int From, int To) Across => Lengths(W);

        /// <summary>Whether only rows are changed, and a plane has one.</summary>
        internal bool IsOfRows => H.IsIdentity && H.Length == 1;

        /// <summary>Elements of a matrix that takes both axes.</summary>
        internal long Cells => (long)H.Length * H.OutputLength * W.Length * W.OutputLength;

        internal double Flops => 2.0 * Planes * W.Length * W.OutputLength;

        public override string ToString() => $"{Planes} planes, rows: {H}, columns: {W}{(IsAdjoint ? ", adjoint" : "")}";

        private (int From, int To) Lengths(AxisMap axis) =>
            IsAdjoint ? (axis.OutputLength, axis.Length) : (axis.Length, axis.OutputLength);
    }

    /// <summary>From x to y.</summary>
    private sealed record Call(Job Job, DeviceArray X, DeviceArray Y)
    {
        internal AxisMapMatrix Down => new(Job.H, Job.IsAdjoint);

        internal AxisMapMatrix Across => new(Job.W, Job.IsAdjoint);
    }

    /// <summary>Elements of a plane that a core's cache still holds beside the matrices.</summary>
    private const int LargestPlane = 1 << 14;

    /// <summary>Operations of a product that is done before a second launch is.</summary>
    private const double SmallProduct = 2e6;

    /// <summary>Elements of a matrix that takes both axes of small planes sooner than one an axis does.</summary>
    private const int LargestFlatMatrix = 1 << 11;

    private static readonly CandidateList<Job, Action<Call>> Candidates = new("map",
        new("dirichlet", (device, job) => job.IsOfRows && DirichletRows.IsLegal(device, job.W),
            (device, job) => DirichletRows.IsPreferred(device, job.Planes, job.W),
            call => DirichletRows.Run(call.Job.Planes, call.Job.W, call.Job.IsAdjoint, call.X, call.Y))
        { ForGpus = true },
        new("fft", (_, job) => job.IsOfRows && RowLowPass.IsLegal(job.W), FavoursFft,
            call => RowLowPass.Run(call.Job.Planes, call.Job.W, call.Job.IsAdjoint, call.X, call.Y)),
        new("rows", (_, job) => job.IsOfRows && job.Across.From <= SeparateRows.Length,
            (device, _) => device.Quirks.PrefersVectorLoops, RunRows),
        new("flat", (_, job) => !job.IsOfRows && job.Cells <= LargestFlatMatrix,
            (device, _) => device.Quirks.PrefersVectorLoops, RunFlat),
        new("planes", (_, job) => !job.IsOfRows && job.Across.From <= SeparateRows.Length
                && (long)job.Down.From * job.Across.From <= LargestPlane,
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
        Run(candidate, new Call(new Job(planes, h, w, false), x, y));
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
        Run(candidate, new Call(new Job(planes, h, w, true), dy, dx));
    }

    /// <summary>Names of the candidates that can take planes through these axes on a device.</summary>
    public static IReadOnlyList<string> LegalCandidates(ComputeDevice device, AxisMap h, AxisMap w) =>
        [
            .. Candidates.Legal(device, new Job(1, h, w, false))
                .Intersect(Candidates.Legal(device, new Job(1, h, w, true))),
        ];

    /// <summary>Real operations of products along both axes.</summary>
    /// <param name="planes">Number of planes.</param>
    /// <param name="h">The vertical axis.</param>
    /// <param name="w">The horizontal axis.</param>
    public static double Flops(int planes, AxisMap h, AxisMap w) => 2.0 * planes * w.OutputLength * h.Length
        * ((w.IsIdentity ? 0 : w.Length) + (h.IsIdentity ? 0 : h.OutputLength));

    /// <summary>Operations of products that take as long, with FFTs of odd circles so many times as long.</summary>
    internal static double EquivalentFlops(
        int planes, AxisMap h, AxisMap w, double odd = BandTransformPlan.OddInLanes)
    {
        var products = Flops(planes, h, w);
        return h is { IsIdentity: true, Length: 1 } && RowLowPass.IsLegal(w)
            ? Math.Min(products, planes * RowLowPass.EquivalentFlops(w, odd))
            : products;
    }

    private static bool FavoursFft(ComputeDevice device, Job job) => device.Quirks.PrefersVectorLoops
        ? job.Flops > SmallProduct && job.Flops > job.Planes * RowLowPass.EquivalentFlops(job.W)
        : job.W.Length > SeparateRows.Length;

    private static void Run(string? candidate, Call call)
    {
        var trials = Autotuner.IsOn
            ? new Trials<Action<Call>>($"{call.Job}, {call.Y.DType}", run => () => run(call))
            : null;
        Candidates.Choose(call.Y.Device, call.Job, candidate, trials).Run(call);
    }

    private static void RunRows(Call call)
    {
        var (from, to) = call.Job.Across;
        RunRows(call, call.Across, from, to);
    }

    /// <summary>Small planes are rows to one matrix for both axes.</summary>
    private static void RunFlat(Call call)
    {
        var (h, w) = (call.Job.Down, call.Job.Across);
        RunRows(
            call, new PlaneMapMatrix(call.Job.H, call.Job.W, call.Job.IsAdjoint), h.From * w.From, h.To * w.To);
    }

    private static void RunRows(Call call, IBandMatrix matrix, int from, int to)
    {
        if (call.Y.DType == DType.Float32)
            RunRows<float, Lanes16<float>>(call, matrix, from, to);
        else
            RunRows<double, Lanes8<double>>(call, matrix, from, to);
    }

    private static void RunRows<T, TLanes>(Call call, IBandMatrix matrix, int from, int to)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var (device, type, rows) = (call.Y.Device, call.Y.DType, call.Job.Planes);
        var tileRows = PanelTile<T, TLanes>.Rows;
        var across = BandMatrixCache.Get(device, new TiledMatrix(matrix, to, from, TLanes.Width), type);
        var (blocks, wanted) = (GemmPlan.Blocks(rows, tileRows), Items(device, rows, from + to, 2.0 * from * to));
        var arguments = new PlaneMapArguments
        {
            Planes = 1,
            FromH = rows,
            FromW = from,
            ToH = rows,
            ToW = to,
            Parts = Math.Clamp(GemmPlan.Blocks(wanted, blocks), 1, GemmPlan.Blocks(to, TLanes.Width)),
            SlotLength = tileRows * TLanes.Width,
        };
        var workers = Math.Min(blocks * arguments.Parts, wanted);
        using var scratch = new Workspace(device, type, (long)workers * arguments.SlotLength, "low-pass");
        device.Launch(
            PlaneMapKernels.Rows<T, TLanes>, new LaunchShape(workers, 1), call.X.View<T>(), across.View<T>(),
            call.Y.View<T>(), scratch.Array.View<T>(), arguments);
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
        var (device, type, planes) = (call.Y.Device, call.Y.DType, call.Job.Planes);
        var (h, w) = (call.Job.Down, call.Job.Across);
        var tileRows = PanelTile<T, TLanes>.Rows;
        var down = BandMatrixCache.Get(device, new TiledMatrix(call.Down, h.To, h.From, tileRows), type);
        var across = BandMatrixCache.Get(device, new TiledMatrix(call.Across, w.To, w.From, TLanes.Width), type);
        var rowsAt = GemmPlan.Blocks(w.From, TLanes.Width) * h.From * TLanes.Width;
        var tileAt = rowsAt + (tileRows * SeparateRows.Pitch);
        var arguments = new PlaneMapArguments
        {
            Planes = planes,
            FromH = h.From,
            FromW = w.From,
            ToH = h.To,
            ToW = w.To,
            RowsAt = rowsAt,
            TileAt = tileAt,
            SlotLength = tileAt + (tileRows * TLanes.Width),
        };
        var workers = Math.Min(
            planes, Items(device, planes, (h.From * w.From) + (h.To * w.To), 2.0 * h.From * w.To * (w.From + h.To)));
        using var scratch = new Workspace(device, type, (long)workers * arguments.SlotLength, "low-pass");
        device.Launch(
            PlaneMapKernels.Map<T, TLanes>, new LaunchShape(workers, 1), call.X.View<T>(), down.View<T>(),
            across.View<T>(), call.Y.View<T>(), scratch.Array.View<T>(), arguments);
    }

    /// <summary>Work-items for planes of so many samples and operations each.</summary>
    private static int Items(ComputeDevice device, int planes, double samples, double operations) =>
        LoopItems.For(device.Limits, planes * samples, planes * operations);

    /// <summary>Two products with the matrices; the one along the rows takes all planes at once.</summary>
    private static void RunGemm(Call call)
    {
        var (device, planes, h, w) = (call.Y.Device, call.Job.Planes, call.Job.Down, call.Job.Across);
        var transposed = call.Across with { Transposed = !call.Across.Transposed };
        var across = BandMatrixCache.Get(device, transposed, call.Y.DType);
        var alongRows = new GemmShape(1, planes * h.From, w.To, w.From);
        if (call.Job.IsOfRows)
        {
            Gemm.Multiply(alongRows, call.X, across, call.Y);
            return;
        }

        var down = BandMatrixCache.Get(device, call.Down, call.Y.DType);
        using var between = new Workspace(device, call.Y.DType, (long)planes * h.From * w.To, "low-pass");
        Gemm.Multiply(alongRows, call.X, across, between.Array);
        Gemm.Multiply(
            new GemmShape(planes, h.To, w.To, h.From) { A = (0, h.From, 1) }, down, between.Array, call.Y);
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
