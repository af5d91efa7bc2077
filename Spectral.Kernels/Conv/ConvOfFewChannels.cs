using System.Numerics;

namespace Spectral.Kernels;

/// <summary>Convolutions whose input has few channels, where most of the memory and time is the output's.</summary>
internal static class ConvOfFewChannels
{
    /// <summary>More channels fill the tiles of <see cref="ConvByPanels"/>.</summary>
    private const int MostChannels = PanelPlan.TileRows - 1;

    /// <summary>Elements of scratch that a core's second cache holds.</summary>
    private const long LargestSlot = 1 << 17;

    /// <summary>Elements of outputs that are copied at a time, in runs of up to the second length.</summary>
    private const int ChunkLength = 1 << 15, LongestChunk = 2048;

    /// <summary>Outputs of a channel that are read where they are.</summary>
    private const int MostInPlace = 256;

    /// <summary>Elements of images and of two channels of outputs that a core's first cache holds.</summary>
    private const int GroupLength = 2 << 10;

    /// <summary>Elements of a low-pass's matrix.</summary>
    private const int LargestLowPass = 1 << 12;

    private const int ItemsPerCore = 8, FewestOutputs = PanelPlan.PanelBytes / sizeof(float);

    internal static bool IsLegal(ConvShape s) =>
        s.C <= MostChannels && s.H.Stride == 1 && s.W.Stride == 1
        && (long)s.Output.H * s.Output.W >= FewestOutputs && Math.Max(Shares(s), Spread(s)) <= LargestSlot;

    /// <summary>
    /// Whether series of one channel are short enough to be low-passed where they are read: their matrix stays in a
    /// first cache, and its product takes less time than a launch.
    /// </summary>
    internal static bool TakesLowPass(BandConvPlan plan) =>
        plan.Maps is ({ IsIdentity: true, Length: 1 }, { IsIdentity: false } map)
        && (long)map.Length * map.OutputLength <= LargestLowPass && plan.AfterMaps is { C: 1, H.Kernel: 1 } shape
        && IsLegal(shape);

    /// <summary>Images are dealt out whole.</summary>
    internal static bool IsPreferred(ComputeDevice device, ConvShape s) =>
        device.Quirks.PrefersVectorLoops && s.N >= device.Limits.Cores && s.K >= device.Limits.Cores;

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
        DeviceArray y)
    {
        if (y.DType == DType.Float32)
            Forward<float, Lanes16<float>>(shape, lowPass, x, smooth, w, bias, y);
        else
            Forward<double, Lanes8<double>>(shape, lowPass, x, smooth, w, bias, y);
    }

    internal static void InputGradient(ConvShape shape, DeviceArray dy, DeviceArray w, DeviceArray dx) =>
        InputGradient(shape, null, dy, w, dx);

    /// <summary>The same back through a low-pass.</summary>
    internal static void InputGradient(
        ConvShape shape, AxisMap? lowPass, DeviceArray dy, DeviceArray w, DeviceArray dx)
    {
        if (dx.DType == DType.Float32)
            InputGradient<float, Lanes16<float>>(shape, lowPass, dy, w, dx);
        else
            InputGradient<double, Lanes8<double>>(shape, lowPass, dy, w, dx);
    }

    internal static void FilterGradient(ConvShape shape, DeviceArray x, DeviceArray dy, DeviceArray dw)
    {
        if (x.DType == DType.Float32)
            FilterGradient<float, Lanes16<float>>(shape, x, dy, dw);
        else
            FilterGradient<double, Lanes8<double>>(shape, x, dy, dw);
    }

    private static void Forward<T, TLanes>(
        ConvShape shape, AxisMap? lowPass, DeviceArray x, DeviceArray? smooth, DeviceArray w, DeviceArray? bias,
        DeviceArray y)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var device = y.Device;
        var most = ItemsPerCore * device.Limits.Cores;
        var arguments = new FewChannelArguments(shape)
        {
            Parts = Math.Clamp(most / shape.N, 1, GemmPlan.Blocks(shape.K, PanelPlan.TileRows)),
            SlotLength = lowPass is null ? shape.W.Padded : Whole(shape.W.Padded),
            Samples = lowPass?.Length ?? 0,
            Bias = bias is null ? 0 : 1,
        };
        var items = Math.Min(shape.N * arguments.Parts, most);
        using var scratch = new Workspace(device, y.DType, (long)items * arguments.SlotLength, "conv");
        var matrix = lowPass is { } map ? Matrix<T, TLanes>(y, map, map.OutputLength, map.Length, false) : w;
        device.Launch(
            FewChannelKernels.Forward<T, TLanes>, new LaunchShape(items, 1), x.View<T>(), matrix.View<T>(),
            (smooth ?? y).View<T>(), w.View<T>(), (bias ?? w).View<T>(), y.View<T>(), scratch.Array.View<T>(),
            arguments);
    }

    private static void InputGradient<T, TLanes>(
        ConvShape shape, AxisMap? lowPass, DeviceArray dy, DeviceArray w, DeviceArray dx)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var device = dx.Device;
        var items = Math.Min(shape.N, ItemsPerCore * device.Limits.Cores);
        var outputs = shape.Output.H * shape.Output.W;
        var isInPlace = outputs <= MostInPlace && outputs >= 2 * TLanes.Width;
        var chunk = isInPlace ? 0 : Whole(Math.Min(outputs, LongestChunk));
        var channels = isInPlace ? 0 : Math.Clamp(ChunkLength / chunk, 1, shape.K);
        var pitch = chunk + TLanes.Width;
        var shares = (int)Shares(shape);
        var arguments = new FewChannelArguments(shape)
        {
            Chunk = chunk,
            Channels = channels,
            ChunkPitch = pitch,
            PlaneAt = shares,
            PlaneLength = Whole(outputs),
            Samples = lowPass?.Length ?? 0,
            SeriesAt = shares + (channels * pitch),
            SlotLength = shares + (channels * pitch) + (lowPass is null ? 0 : Whole(shape.W.Padded)),
        };
        using var scratch = new Workspace(device, dx.DType, (long)items * arguments.SlotLength, "conv");
        var matrix = lowPass is { } map ? Matrix<T, TLanes>(dx, map, map.Length, map.OutputLength, true) : w;
        device.Launch(
            FewChannelKernels.InputGradient<T, TLanes>, new LaunchShape(items, 1), dy.View<T>(), w.View<T>(),
            matrix.View<T>(), dx.View<T>(), scratch.Array.View<T>(), arguments);
    }

    private static DeviceArray Matrix<T, TLanes>(DeviceArray like, AxisMap map, int rows, int columns, bool isAdjoint)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
        BandMatrixCache.Get(
            like.Device, new TiledMatrix(new AxisMapMatrix(map, isAdjoint), rows, columns, TLanes.Width), like.DType);

    private static void FilterGradient<T, TLanes>(ConvShape shape, DeviceArray x, DeviceArray dy, DeviceArray dw)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var device = dw.Device;
        var parts = Math.Min(shape.K, ItemsPerCore * device.Limits.Cores);
        var channels = GemmPlan.Blocks(shape.K, parts);
        var sums = GemmPlan.Blocks(shape.Taps, TapTile<T, TLanes>.Taps) * TapTile<T, TLanes>.Taps * TLanes.Width;

        // The last lanes of a run reach beyond what they are taken from.
        var image = shape.H.Padded * shape.W.Padded;
        var groups = GemmPlan.Blocks(shape.N, Math.Max(1, GroupLength / ((shape.C + 2) * image)));
        var together = GemmPlan.Blocks(shape.N, groups);
        var planeAt = (shape.C * together * image) + TLanes.Width;
        var plane = (together * image) + TLanes.Width;
        var arguments = new FewChannelArguments(shape)
        {
            Parts = parts,
            Together = together,
            PlaneAt = planeAt,
            PlaneLength = plane,
            SumsAt = planeAt + (2 * plane),
            SlotLength = planeAt + (2 * plane) + (GemmPlan.Blocks(channels, 2) * 2 * sums),
        };
        using var scratch = new Workspace(device, dw.DType, (long)parts * arguments.SlotLength, "conv");
        device.Launch(
            FewChannelKernels.FilterGradient<T, TLanes>, new LaunchShape(parts, 1), x.View<T>(), dy.View<T>(),
            dw.View<T>(), scratch.Array.View<T>(), arguments);
    }

    private static long Shares(ConvShape s) =>
        (long)GemmPlan.Blocks(s.Taps, TapTile<float, Lanes16<float>>.Taps) * TapTile<float, Lanes16<float>>.Taps
            * Whole(s.Output.H * s.Output.W);

    /// <summary>Outputs, filled up to whole tiles.</summary>
    private static int Whole(int outputs) => GemmPlan.Blocks(outputs, 2 * FewestOutputs) * 2 * FewestOutputs;

    private static long Spread(ConvShape s) => (long)(s.C + 2) * s.H.Padded * s.W.Padded;
}
