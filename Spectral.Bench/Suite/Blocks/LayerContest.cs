using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>
/// One layer: ours at four shares of the spectrum on the shortest FFT lengths and once with the original's
/// lengths, against a direct convolution and the original's algorithm.
/// </summary>
internal static class LayerContest
{
    internal const string Exact = "50 % kept, original's FFT lengths";

    private static readonly int[] Shares = [100, 50, 20, 10];

    // At 20 % the original's algorithm lies between its neighbours.
    private static readonly int[] SharesOfOriginal = [100, 50, 10];

    // Beyond these the original's algorithm, which holds every product before it sums them, takes minutes.
    private const int LargestBatchOfOriginal = 32;
    private const double MostProductsOfOriginal = 1 << 28;

    internal static Contest Of(
        SuiteContext context, string block, string name, ConvShape shape, int dimensions, bool both)
    {
        var contest = new Contest(block, name, both ? "forward+backward" : "forward");
        AddOurs(context, contest, shape, dimensions, both, Shares, withExact: true);
        PairDirect(context, contest, shape, dimensions, both);
        if (OriginalEnds(shape, dimensions))
            PairOriginal(context, contest, shape, dimensions, both);
        return contest;
    }

    /// <summary>
    /// Our ways: some shares on the shortest FFT lengths, and half the spectrum on the original's.
    /// </summary>
    internal static void AddOurs(
        SuiteContext context, Contest contest, ConvShape shape, int dimensions, bool both,
        IReadOnlyList<int> shares, bool withExact)
    {
        var operands = new SharedOperands<LayerOperands>(
            () => new LayerOperands(context.Device, shape, dimensions, both));
        contest.Shared.Add(operands);
        foreach (var share in shares)
            Add(KeptName(share), Band.Rate(100 - share), FftSizePolicy.Minimal);
        if (withExact)
            Add(Exact, Band.Rate(50), FftSizePolicy.Compatible);

        void Add(string variant, Band band, FftSizePolicy policy) => contest.Add(
            variant,
            () => context.Ours(
                () => operands.Value.Run(band, policy), () => operands.Value.Error(band, policy)),
            LayerWork.Of(BandConvPlan.For(shape, dimensions, band, policy), both));
    }

    /// <summary>A direct convolution beside each of our ways.</summary>
    internal static void PairDirect(
        SuiteContext context, Contest contest, ConvShape shape, int dimensions, bool both)
    {
        bool[] precisions = context.IsGpu ? [false, true] : [false];
        foreach (var tf32 in precisions)
        {
            var direct = Torch(
                context, RivalSet.Torch, tf32 ? "cuDNN direct, TF32" : context.IsGpu ? "cuDNN direct" : "oneDNN direct",
                Request(shape, dimensions, both, "direct", ("tf32", tf32)));
            foreach (var share in Shares)
                contest.Pair(
                    KeptName(share), direct, both ? Targets.Direct(context.IsGpu, share, tf32) : null);
            contest.Pair(Exact, direct, both && !tf32 ? Targets.Exact(context.IsGpu) : null);
        }
    }

    private static bool OriginalEnds(ConvShape shape, int dimensions)
    {
        var plan = BandConvPlan.For(shape, dimensions, Band.Full, FftSizePolicy.Minimal);
        return (double)shape.N * shape.C * shape.K * plan.Frequencies <= MostProductsOfOriginal
            && (dimensions == 1 || shape.N <= LargestBatchOfOriginal);
    }

    private static void PairOriginal(
        SuiteContext context, Contest contest, ConvShape shape, int dimensions, bool both)
    {
        var target = both ? Targets.Original(context.IsGpu, dimensions) : null;
        foreach (var share in context.Quick ? [50] : SharesOfOriginal)
        {
            var original = Original(share, "original", "");
            contest.Pair(KeptName(share), original, target);
            if (share == 50)
                contest.Pair(Exact, original, target);
        }

        // What the original could have been: the same steps, its sums as matrix products.
        contest.Pair(Exact, Original(50, "original-bmm", " by complex bmm"));

        RivalEntry Original(int share, string way, string how)
        {
            var plan = BandConvPlan.For(shape, dimensions, Band.Rate(100 - share), FftSizePolicy.Compatible);
            return Torch(
                context, RivalSet.Original, $"the original's algorithm{how}, {KeptName(share)}",
                Request(
                    shape, dimensions, both, way,
                    ("fft", Axes(dimensions, plan.H.FftLength, plan.W.FftLength)),
                    ("kept", Axes(dimensions, plan.H.Kept, plan.W.Kept))),
                knowsError: dimensions == 1 && share == 50);
        }
    }

    private static RivalEntry Torch(
        SuiteContext context, string rival, string name, JsonObject request, bool knowsError = true) => new(
        rival, name, () => new TorchContender(context.Rivals.TorchProcess!, request, knowsError));

    private static JsonObject Request(
        ConvShape shape, int dimensions, bool both, string way, params (string Name, JsonNode Value)[] more)
    {
        var request = new JsonObject
        {
            ["kind"] = "conv",
            ["shape"] = new JsonArray(shape.N, shape.C, shape.K),
            ["size"] = Axes(dimensions, shape.H.Length, shape.W.Length),
            ["kernel"] = Axes(dimensions, shape.H.Kernel, shape.W.Kernel),
            ["padding"] = Axes(dimensions, shape.H.PadBefore, shape.W.PadBefore),
            ["pass"] = both ? "both" : "forward",
            ["way"] = way,
        };
        foreach (var (field, value) in more)
            request[field] = value;
        return request;
    }

    private static JsonArray Axes(int dimensions, int height, int width) =>
        dimensions == 1 ? new JsonArray(width) : new JsonArray(height, width);

    private static string KeptName(int share) =>
        string.Create(CultureInfo.InvariantCulture, $"{share} % kept");
}
