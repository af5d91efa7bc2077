using System.Numerics;

namespace Spectral.Kernels;

/// <summary>Convolutions whose input has few channels, where most of the memory and time is the output's.</summary>
internal static class ConvOfFewChannels
{
    /// <summary>More channels fill the tiles of <see cref="ConvByPanels"/>.</summary>
    private const int MostChannels = PanelPlan.TileRows - 1;

    /// <summary>Elements of scratch that a core's second cache holds.</summary>
    private const long LargestSlot = 1 << 17;

    /// <summary>Elements of images, and of four channels of outputs, that a core's first cache holds.</summary>
    private const int GroupLength = 4 << 10;

    /// <summary>
    /// Elements of a low-pass's matrices: read from a second cache for every few series they still take less time than a
    /// launch.
    /// </summary>
    private const int LargestLowPass = 1 << 17;

    private const int FewestOutputs = 16;

    /// <summary>On CPUs: the sums of a tile are more than a thread of a GPU has registers.</summary>
    internal static bool IsLegal(ComputeDevice device, ConvShape shape) =>
        device.Quirks.PrefersVectorLoops && IsLegal(shape);

    internal static bool IsLegal(ConvShape s) =>
        s.C <= MostChannels && s.H.Stride == 1 && s.W.Stride == 1
        && (long)s.Output.H * s.Output.W >= FewestOutputs && Math.Max(Shares(s), Spread(s)) <= LargestSlot;

    /// <summary>
    /// Whether series of one channel are short enough to be low-passed where they are read, which saves launches.
    /// </summary>
    internal static bool TakesLowPass(BandConvPlan plan) =>
        plan.Maps is ({ IsIdentity: true, Length: 1 }, { IsIdentity: false } map)
        && LowPassWaves.Elements(map) <= LargestLowPass && plan.AfterMaps is { C: 1, H.Kernel: 1 } shape && IsLegal(shape)
        && Shares(shape, map) + (2L * FourRows.Count * (map.Length + map.OutputLength)) <= LargestSlot;

    /// <summary>Images are dealt out whole.</summary>
    internal static bool IsPreferred(ComputeDevice device, ConvShape s) =>
        s.N >= device.Limits.Cores && s.K >= device.Limits.Cores;

    internal static void Forward(
        ConvShape shape, DeviceArray x, DeviceArray w, DeviceArray? bias, DeviceArray y)
    {
        // With more rows of taps than one, patches are worth putting together.
        if (shape.C * shape.Kernel.H > 1 || shape.Output.H > 1 || shape.Output.W < FewestOutputs)
            ConvByPanels.Forward(shape, x, w, bias, y);
        else
            Forward(shape, null, x, null, w, bias, y);
    }

    /// <summary>The same of series of one channel that go through a low-pass first, which is written too.</summary>
    internal static void Forward(
        ConvShape shape, AxisMap? lowPass, DeviceArray x, DeviceArray? smooth, DeviceArray w, DeviceArray? bias,
        DeviceArray y) =>
        RegisterLanes.Run(y.DType, new ForwardTask(shape, lowPass, x, smooth, w, bias, y));

    internal static void InputGradient(ConvShape shape, DeviceArray dy, DeviceArray w, DeviceArray dx) =>
        InputGradient(shape, null, dy, w, dx);

    /// <summary>The same back through a low-pass.</summary>
    internal static void InputGradient(
        ConvShape shape, AxisMap? lowPass, DeviceArray dy, DeviceArray w, DeviceArray dx) =>
        RegisterLanes.Run(dx.DType, new InputGradientTask(shape, lowPass, dy, w, dx));

    internal static void FilterGradient(ConvShape shape, DeviceArray x, DeviceArray dy, DeviceArray dw) =>
        RegisterLanes.Run(dw.DType, new FilterGradientTask(shape, x, dy, dw));

    /// <summary>
    /// Of a low-pass, or back through it, a matrix from samples to waves, [samples][waves], and one from there, each row as
    /// long as scratch holds it.
    /// </summary>
    private static (DeviceArray To, DeviceArray From) Matrices(
        DeviceArray like, AxisMap map, bool isAdjoint, FewChannelArguments g)
    {
        var (before, after) = isAdjoint ? (map.OutputLength, map.Length) : (map.Length, map.OutputLength);
        return (
            Get(new TiledMatrix(new LowPassWaves(map, isAdjoint), g.Waves, before, g.WavesPitch)),
            Get(new TiledMatrix(new LowPassWaves(map, !isAdjoint), after, g.Waves, g.PlaneLength) { IsTransposed = true }));

        DeviceArray Get(TiledMatrix matrix) => BandMatrixCache.Get(like.Device, matrix, like.DType);
    }

    /// <summary>
    /// Series that go through a low-pass at a time: four rows of a tile, as long as every core that takes part has some.
    /// </summary>
    private static int Together(ComputeDevice device, ConvShape s, AxisMap? lowPass, int items) => lowPass is null
        ? 1
        : Math.Clamp(s.N / Math.Min(device.Limits.Cores, items), 1, FourRows.Count);

    /// <summary>With scratch for a low-pass behind the rest, where there is one.</summary>
    private static FewChannelArguments With(FewChannelArguments g, AxisMap? lowPass)
    {
        if (lowPass is not { } map)
            return g;
        (g.Samples, g.Waves) = (map.Length, LowPassWaves.Count(map));
        g.WavesPitch = Whole(g.Waves);
        g.WavesAt = g.SlotLength;
        g.SlotLength += FourRows.Count * (g.WavesPitch + Math.Max(g.Waves, Math.Max(map.Length, map.OutputLength)));
        return g;
    }

    // Outputs are neither packed nor turned, which is half of what moving an element takes.
    private static int Items(ComputeDevice device, ConvShape s, AxisMap? lowPass = null) => LoopItems.For(
        device.Limits, 0.5 * (s.InputCount + s.OutputCount),
        s.Flops + (lowPass is { } map ? LowPassWaves.Flops(s.N, map) : 0));

    /// <summary>Elements of what all taps have of an image's outputs.</summary>
    private static long Shares(ConvShape s, AxisMap? lowPass = null) => (long)Fours(s.Taps) * Plane(s, lowPass);

    /// <summary>Outputs in whole tiles, and room for as many samples before a low-pass.</summary>
    private static int Plane(ConvShape s, AxisMap? lowPass) =>
        Whole(Math.Max(s.Output.H * s.Output.W, lowPass?.Length ?? 0));

    /// <summary>Taps or channels, filled up to the rows of whole tiles.</summary>
    private static int Fours(int rows) => GemmPlan.Blocks(rows, FourRows.Count) * FourRows.Count;

    /// <summary>Outputs, filled up to the lanes of whole tiles.</summary>
    private static int Whole(int outputs) => GemmPlan.Blocks(outputs, 2 * FewestOutputs) * 2 * FewestOutputs;

    private static long Spread(ConvShape s) => (long)(s.C + 4) * s.H.Padded * s.W.Padded;

    private sealed record ForwardTask(
        ConvShape Shape, AxisMap? LowPass, DeviceArray X, DeviceArray? Smooth, DeviceArray W, DeviceArray? Bias,
        DeviceArray Y) : ILaneTask
    {
        public void Run<T, TLanes>()
            where T : unmanaged, INumber<T>
            where TLanes : unmanaged, ILanes<T, TLanes>
        {
            var device = Y.Device;
            var most = Items(device, Shape, LowPass);
            var together = Together(device, Shape, LowPass, most);
            var groups = GemmPlan.Blocks(Shape.N, together);
            var parts = Math.Clamp(most / Shape.N, 1, GemmPlan.Blocks(Shape.K, FourRows.Count));
            var plane = Whole(Shape.W.Padded);
            var weights = (LowPass is null ? 1 : FourRows.Count) * plane;
            var arguments = With(
                new FewChannelArguments(Shape)
                {
                    Parts = parts,
                    Together = together,
                    PlaneLength = plane,
                    WeightsAt = weights,
                    SlotLength = weights + (Fours(GemmPlan.Blocks(Shape.K, parts)) * Shape.W.Kernel),
                    Bias = Bias is null ? 0 : 1,
                },
                LowPass);
            var items = Math.Min(groups * parts, most);
            using var scratch = new Workspace(device, Y.DType, (long)items * arguments.SlotLength, "conv");
            var (to, from) = LowPass is { } map ? Matrices(Y, map, isAdjoint: false, arguments) : (W, W);
            device.Launch(
                FewChannelKernels.Forward<T, TLanes>, new LaunchShape(items, 1), X.View<T>(), to.View<T>(),
                from.View<T>(), (Smooth ?? Y).View<T>(), W.View<T>(), (Bias ?? W).View<T>(), Y.View<T>(),
                scratch.Array.View<T>(), arguments);
        }
    }

    private sealed record InputGradientTask(
        ConvShape Shape, AxisMap? LowPass, DeviceArray Dy, DeviceArray W, DeviceArray Dx) : ILaneTask
    {
        public void Run<T, TLanes>()
            where T : unmanaged, INumber<T>
            where TLanes : unmanaged, ILanes<T, TLanes>
        {
            var device = Dx.Device;
            var most = Items(device, Shape, LowPass);
            var weights = (int)Shares(Shape, LowPass);
            var series = weights + (Fours(Shape.Taps) * Shape.K);
            var arguments = With(
                new FewChannelArguments(Shape)
                {
                    Together = Together(device, Shape, LowPass, most),
                    PlaneLength = Plane(Shape, LowPass),
                    WeightsAt = weights,
                    SeriesAt = series,
                    SlotLength = series + (LowPass is null ? 0 : FourRows.Count * Shape.W.Padded),
                },
                LowPass);
            var items = Math.Min(GemmPlan.Blocks(Shape.N, arguments.Together), most);
            using var scratch = new Workspace(device, Dx.DType, (long)items * arguments.SlotLength, "conv");
            var (to, from) = LowPass is { } map ? Matrices(Dx, map, isAdjoint: true, arguments) : (W, W);
            device.Launch(
                FewChannelKernels.InputGradient<T, TLanes>, new LaunchShape(items, 1), Dy.View<T>(), W.View<T>(),
                to.View<T>(), from.View<T>(), Dx.View<T>(), scratch.Array.View<T>(), arguments);
        }
    }

    private sealed record FilterGradientTask(ConvShape Shape, DeviceArray X, DeviceArray Dy, DeviceArray Dw) : ILaneTask
    {
        public void Run<T, TLanes>()
            where T : unmanaged, INumber<T>
            where TLanes : unmanaged, ILanes<T, TLanes>
        {
            var device = Dw.Device;
            var parts = Math.Min(Shape.K, Items(device, Shape));
            var sums = Fours(GemmPlan.Blocks(Shape.K, parts)) * Fours(Shape.Taps) * TLanes.Width;

            // Of series dy is read where it is. The last lanes of a run reach beyond what they are taken from.
            var image = Shape.H.Padded * Shape.W.Padded;
            var planes = Shape.Output.H == 1 ? 0 : FourRows.Count;
            var groups = GemmPlan.Blocks(Shape.N, Math.Max(1, GroupLength / ((Shape.C + planes) * image)));
            var together = GemmPlan.Blocks(Shape.N, groups);
            var planeAt = (Shape.C * together * image) + TLanes.Width;
            var plane = (together * image) + TLanes.Width;
            var sumsAt = planeAt + Math.Max(planes * plane, TLanes.Width);
            var arguments = new FewChannelArguments(Shape)
            {
                Parts = parts,
                Together = together,
                PlaneAt = planeAt,
                PlaneLength = plane,
                SumsAt = sumsAt,
                SlotLength = sumsAt + sums,
            };
            using var scratch = new Workspace(device, Dw.DType, (long)parts * arguments.SlotLength, "conv");
            device.Launch(
                FewChannelKernels.FilterGradient<T, TLanes>, new LaunchShape(parts, 1), X.View<T>(), Dy.View<T>(),
                Dw.View<T>(), scratch.Array.View<T>(), arguments);
        }
    }
}
