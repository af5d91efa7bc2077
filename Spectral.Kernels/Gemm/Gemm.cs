using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Batched real matrix products in float or double, with any strides of the operands. Sums run in a
/// fixed order: the same device gives the same bits.
/// </summary>
public static class Gemm
{
    private delegate void Run(GemmCall call);

    /// <summary>Large tiles for each core, and the contracted length, from which on they are taken.</summary>
    private const int LargeTilesPerCore = 3, ShortestOfLarge = 64;

    /// <summary>Work-items (or groups of a tile) for each core below which the length is cut.</summary>
    private const int ItemsPerWorker = 4;

    private static readonly CandidateList<GemmShape, Run> Candidates = new("gemm",
        new("large", (device, _) => LargeIsLegal(device), LargeIsPreferred, RunLarge) { ForGpus = true },
        Tile<Tile64x64>(), Tile<Tile32x64>(), Tile<Tile32x32>(), Tile<Tile16x32>(), Tile<Tile16x16>(),
        new("panels", (_, shape) => !shape.SumsBatch, GemmByPanels.IsPreferred, GemmByPanels.Run),
        new("vector", (_, _) => true, (_, _) => true, RunVector));

    /// <summary>
    /// C[b][m][p] = alpha · Σ_l A[b,m,l] · B[b,l,p] + bias, or added to what C holds.
    /// </summary>
    /// <param name="shape">Sizes, strides and offsets.</param>
    /// <param name="a">Left operand.</param>
    /// <param name="b">Right operand.</param>
    /// <param name="c">Result; shares no memory with the operands.</param>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="accumulate">Whether to add to <paramref name="c"/> instead of overwriting it.</param>
    /// <param name="bias">Bias of P elements along columns, of any number along rows, or null.</param>
    /// <param name="biasAlong">Axis of the bias.</param>
    /// <param name="candidate">Forces a candidate by name; null for the best.</param>
    /// <exception cref="InvalidInputException">
    /// A size is negative, an array too short for the shape or of another type, or the candidate unknown.
    /// </exception>
    public static void Multiply(
        GemmShape shape, DeviceArray a, DeviceArray b, DeviceArray c, double alpha = 1,
        bool accumulate = false, DeviceArray? bias = null, GemmBias biasAlong = GemmBias.None,
        string? candidate = null)
    {
        Check(shape, a, b, c, bias, biasAlong);
        if (shape.Batch == 0 || shape.M == 0 || shape.P == 0)
            return;
        if (bias is null)
            biasAlong = GemmBias.None;
        var call = new GemmCall(shape, a, b, c, bias ?? c, biasAlong, alpha, accumulate);
        Candidates.Choose(c.Device, shape, candidate, Trials(call)).Run(call);
    }

    /// <summary>Names of the candidates that can compute <paramref name="shape"/> on a device.</summary>
    public static IReadOnlyList<string> LegalCandidates(ComputeDevice device, GemmShape shape) =>
        Candidates.Legal(device, shape);

    private static Trials<Run>? Trials(GemmCall call)
    {
        // Adding again and again would change what is added to.
        if (!Autotuner.IsOn || call.Accumulate)
            return null;
        var shape = call.Shape;
        var sums = shape.SumsBatch ? ", summed" : "";
        return new Trials<Run>(
            $"{shape}{sums}, strides {shape.A} {shape.B} {shape.C}, {call.C.DType}", run => () => run(call));
    }

    private static bool LargeIsLegal(ComputeDevice device) =>
        device.Quirks.RunsTiles && device.Limits.MaxGroupSize >= GemmLargeTileKernels.Threads;

    /// <summary>Where there are enough large tiles to hide behind each other how long their slices take.</summary>
    private static bool LargeIsPreferred(ComputeDevice device, GemmShape shape) =>
        shape.L >= ShortestOfLarge
        && TileSize.Of<Tile64x64>().Tiles(shape.Batch, shape.M, shape.P) >= LargeTilesPerCore * device.Limits.Cores;

    private static Candidate<GemmShape, Run> Tile<TTile>() where TTile : struct, ITile
    {
        var size = TileSize.Of<TTile>();
        return new(
            size.Name, (device, _) => size.IsLegal(device),
            (device, shape) => size == TileSize.Cheapest(
                device, shape.Batch, shape.M, shape.P, shape.L, complex: false),
            RunTile<TTile>)
        { ForGpus = true };
    }

    private static void RunVector(GemmCall call)
    {
        var limits = call.C.Device.Limits;
        var plan = GemmPlan.Vector(
            call.Shape, call.Accumulate, ItemsPerWorker * limits.Cores * limits.VectorGroupSize);
        if (call.C.DType == DType.Float32)
            RunVector<float>(call, plan, (float)call.Alpha);
        else
            RunVector<double>(call, plan, call.Alpha);
    }

    private static void RunVector<T>(GemmCall call, GemmPlan plan, T alpha) where T : unmanaged, INumber<T>
    {
        Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, T, GemmArguments> kernel =
            plan.Lanes switch
            {
                16 => GemmVectorKernels.Multiply<T, Lanes16<T>>,
                8 => GemmVectorKernels.Multiply<T, Lanes8<T>>,
                4 => GemmVectorKernels.Multiply<T, Lanes4<T>>,
                _ => GemmVectorKernels.Multiply<T, Lanes1<T>>,
            };
        var items = (long)plan.Shape.Batch * plan.Segments
            * GemmPlan.Blocks(plan.Shape.M, GemmPlan.VectorRows) * GemmPlan.Blocks(plan.Shape.P, plan.Lanes);
        call.Run(plan, alpha, kernel, call.C.Device.Limits.Vectors(items));
    }

    private static void RunLarge(GemmCall call)
    {
        var plan = GemmPlan.Tile(call.Shape, TileSize.Of<Tile64x64>(), 2 * call.C.Device.Limits.Cores);
        var tiles = TileSize.Of<Tile64x64>().Launch(plan.Shape.Batch * plan.Segments, plan.Shape.M, plan.Shape.P);
        var launch = tiles with { GroupSize = GemmLargeTileKernels.Threads };
        if (call.C.DType == DType.Float32)
            call.Run<float>(plan, (float)call.Alpha, GemmLargeTileKernels.Multiply, launch);
        else
            call.Run(plan, call.Alpha, GemmLargeTileKernels.Multiply, launch);
    }

    private static void RunTile<TTile>(GemmCall call) where TTile : struct, ITile
    {
        var size = TileSize.Of<TTile>();
        var plan = GemmPlan.Tile(call.Shape, size, call.C.Device.Limits.Cores / 2);
        var launch = size.Launch(plan.Shape.Batch * plan.Segments, plan.Shape.M, plan.Shape.P);
        if (call.C.DType == DType.Float32)
            call.Run<float>(plan, (float)call.Alpha, GemmTileKernels.Multiply<float, TTile>, launch);
        else
            call.Run(plan, call.Alpha, GemmTileKernels.Multiply<double, TTile>, launch);
    }

    private static void Check(
        GemmShape shape, DeviceArray a, DeviceArray b, DeviceArray c, DeviceArray? bias, GemmBias biasAlong)
    {
        Throw.Unless(shape is { Batch: >= 0, M: >= 0, P: >= 0, L: >= 0 }, "gemm", $"{shape}",
            "sizes of 0 and more", "check the shape");
        CheckArray("A", shape, a, c, shape.Offset.A, (shape.Batch, shape.A.Batch), (shape.M, shape.A.Row),
            (shape.L, shape.A.L));
        CheckArray("B", shape, b, c, shape.Offset.B, (shape.Batch, shape.B.Batch), (shape.L, shape.B.L),
            (shape.P, shape.B.Column));
        CheckArray("C", shape, c, c, shape.Offset.C, (shape.SumsBatch ? 1 : shape.Batch, shape.C.Batch),
            (shape.M, shape.C.Row), (shape.P, 1));
        if (bias is null)
            return;
        var fits = biasAlong switch
        {
            GemmBias.Columns => bias.Length == shape.P,
            GemmBias.Rows => bias.Length >= 1,
            _ => false,
        };
        Throw.Unless(fits && bias.DType == c.DType && bias.Device == c.Device, "gemm",
            $"a bias of {bias.Length} {bias.DType} along {biasAlong} for {shape}",
            $"{shape.P} {c.DType} along columns or any number along rows",
            "give one number for each column, or name the axis");
    }

    private static void CheckArray(
        string name, GemmShape shape, DeviceArray array, DeviceArray c, int offset,
        params ReadOnlySpan<(int Count, int Stride)> axes)
    {
        long last = offset;
        var empty = false;
        foreach (var (count, stride) in axes)
        {
            Throw.Unless(stride >= 0, "gemm", $"a stride of {stride} in {name}", "0 and more",
                "check the shape");
            empty |= count == 0;
            last += (long)(count - 1) * stride;
        }

        Throw.Unless(
            array.DType == c.DType && c.DType.IsReal() && array.Device == c.Device && offset >= 0
                && (empty || last < array.Length),
            "gemm", $"{name} of {array.Length} {array.DType} for {shape}",
            $"{last + 1} elements of one real type on one device", "check the shape and its strides");
    }
}
