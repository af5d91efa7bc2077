using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// Convolutions of series of few channels on GPUs, as the first layer of a network has them: one launch a pass, where
/// products with unfolded series would be two or three, of tiles that stay half empty. With so few taps an output is a
/// handful of products, and what counts is that operands are read once, neighbours by neighbours, much of them at a time.
/// </summary>
internal static class ConvOfSeries
{
    /// <summary>Products of an output at most.</summary>
    internal const int MostTaps = 32;

    /// <summary>Products of a low-pass, all groups together, that take less time than a launch of its own.</summary>
    private const double MostProducts = 1 << 24;

    /// <summary>Groups for each core from which on smaller ones fill it.</summary>
    private const int GroupsPerCore = 4;

    internal static bool IsLegal(ComputeDevice device, ConvShape s) =>
        IsWorthwhile(s) && device.Quirks.RunsTiles && device.Limits.MaxGroupSize >= SeriesFilterKernels.GroupSize;

    /// <summary>Whether the kernels can do it, and are preferred, where there are groups of work-items.</summary>
    internal static bool IsWorthwhile(ConvShape s) =>
        s.H == new ConvAxis(1, 1) && s.W is { Stride: 1, Dilation: 1 } && s.Taps <= MostTaps
        && s.C * SeriesForwardKernels.ReachOf(s.W.Kernel) <= SeriesForwardKernels.MostSamples;

    internal static bool IsPreferred(ComputeDevice device, ConvShape s) =>
        !device.Quirks.PrefersVectorLoops && IsLegal(device, s);

    /// <summary>Whether the kernels can take the input through the plan's low-pass as they read it.</summary>
    internal static bool TakesLowPass(ComputeDevice device, BandConvPlan plan) =>
        plan.Maps is ({ IsIdentity: true, Length: 1 }, { IsIdentity: false } map)
        && DirichletTable.IsLegal(map) && IsLegal(device, plan.AfterMaps);

    /// <summary>Whether that takes less time than a launch of its own: groups for other channels do it anew.</summary>
    internal static bool FavoursLowPass(ComputeDevice device, BandConvPlan plan)
    {
        var shape = plan.AfterMaps;
        return IsPreferred(device, shape) && MostProducts >= (double)plan.Maps.W.Length * shape.N * shape.C
            * GemmPlan.Blocks(shape.W.Output, SeriesForwardKernels.OutputsOfGroup) * SeriesForwardKernels.OutputsOfGroup
            * GemmPlan.Blocks(shape.K, SeriesForwardKernels.ChannelsOfGroup);
    }

    internal static void Forward(ConvShape shape, DeviceArray x, DeviceArray w, DeviceArray? bias, DeviceArray y)
    {
        if (y.DType == DType.Float32)
            Forward<float>(shape, x, w, bias, y);
        else
            Forward<double>(shape, x, w, bias, y);
    }

    /// <summary>y of the low-passed x, which <paramref name="smooth"/> gets.</summary>
    internal static void Forward(
        BandConvPlan plan, DeviceArray x, DeviceArray smooth, DeviceArray w, DeviceArray? bias, DeviceArray y)
    {
        if (y.DType == DType.Float32)
            Forward<float>(plan, x, smooth, w, bias, y);
        else
            Forward<double>(plan, x, smooth, w, bias, y);
    }

    internal static void InputGradient(ConvShape shape, DeviceArray dy, DeviceArray w, DeviceArray dx)
    {
        if (dx.DType == DType.Float32)
            InputGradient<float>(shape, dy, w, dx);
        else
            InputGradient<double>(shape, dy, w, dx);
    }

    /// <summary>Whether a group of the way back holds whole low-passed series.</summary>
    internal static bool HoldsSeries(BandConvPlan plan) =>
        plan.AfterMaps.W.Length <= SeriesInputKernels.SamplesOfGroup;

    /// <summary>dx before the low-pass, where <see cref="HoldsSeries"/>.</summary>
    internal static void InputGradient(BandConvPlan plan, DeviceArray dy, DeviceArray w, DeviceArray dx)
    {
        if (dx.DType == DType.Float32)
            InputGradient<float>(plan, dy, w, dx);
        else
            InputGradient<double>(plan, dy, w, dx);
    }

    internal static void FilterGradient(ConvShape shape, DeviceArray x, DeviceArray dy, DeviceArray dw)
    {
        if (dw.DType == DType.Float32)
            FilterGradient<float>(shape, x, dy, dw);
        else
            FilterGradient<double>(shape, x, dy, dw);
    }

    private static void Forward<T>(ConvShape shape, DeviceArray x, DeviceArray w, DeviceArray? bias, DeviceArray y)
        where T : unmanaged, INumber<T>
    {
        var (g, launch) = There(shape, bias);
        y.Device.Launch(
            SeriesForwardKernels.Plain, launch, x.View<T>(), w.View<T>(), (bias ?? w).View<T>(), y.View<T>(), g);
    }

    private static void Forward<T>(
        BandConvPlan plan, DeviceArray x, DeviceArray smooth, DeviceArray w, DeviceArray? bias, DeviceArray y)
        where T : unmanaged, INumber<T>
    {
        var (g, launch) = There(plan.AfterMaps, bias);
        var table = new DirichletTable(plan.Maps.W, false);
        var band = DirichletArguments.Of(
            table, SeriesForwardKernels.GroupSize, Math.Min(SeriesForwardKernels.ReachOf(g.Q), g.Length),
            SeriesForwardKernels.MostDepth);
        y.Device.Launch(
            SeriesForwardKernels.LowPassed, launch, x.View<T>(), BandMatrixCache.Like<T>(x, table), smooth.View<T>(),
            w.View<T>(), (bias ?? w).View<T>(), y.View<T>(), g, band);
    }

    private static void InputGradient<T>(ConvShape shape, DeviceArray dy, DeviceArray w, DeviceArray dx)
        where T : unmanaged, INumber<T>
    {
        var blocks = GemmPlan.Blocks(shape.W.Length, SeriesInputKernels.SamplesOfGroup);
        var groups = blocks * shape.C * shape.N;
        var size = groups >= GroupsPerCore * dx.Device.Limits.Cores
            ? SeriesInputKernels.SmallGroup
            : SeriesInputKernels.LargeGroup;
        dx.Device.Launch(
            SeriesInputKernels.Plain, new LaunchShape(groups, size), dy.View<T>(), w.View<T>(), dx.View<T>(),
            SeriesArguments.Of(shape, blocks, shape.C), SeriesSlices.Of(shape.K, shape.W.Kernel, size));
    }

    private static void InputGradient<T>(BandConvPlan plan, DeviceArray dy, DeviceArray w, DeviceArray dx)
        where T : unmanaged, INumber<T>
    {
        const int Size = SeriesInputKernels.LargeGroup;
        var shape = plan.AfterMaps;
        dx.Device.Launch(
            SeriesInputKernels.LowPassed, new LaunchShape(shape.C * shape.N, Size), dy.View<T>(), w.View<T>(),
            BandMatrixCache.Like<T>(dy, new DirichletTable(plan.Maps.W, true)), dx.View<T>(),
            SeriesArguments.Of(shape, 1, shape.C), SeriesSlices.Of(shape.K, shape.W.Kernel, Size), plan.Shape.W.Length);
    }

    private static void FilterGradient<T>(ConvShape shape, DeviceArray x, DeviceArray dy, DeviceArray dw)
        where T : unmanaged, INumber<T>
    {
        var blocks = GemmPlan.Blocks(shape.W.Kernel, SeriesFilterKernels.TapsAtOnce);
        var pieces = GemmPlan.Blocks(shape.W.Output, SeriesFilterKernels.Piece);
        dw.Device.Launch(
            SeriesFilterKernels.Run, new LaunchShape(blocks * shape.C * shape.K, SeriesFilterKernels.GroupSize),
            x.View<T>(), dy.View<T>(), dw.View<T>(), SeriesArguments.Of(shape, blocks, shape.C), pieces,
            Divisor.Of(pieces));
    }

    private static (SeriesArguments Sizes, LaunchShape Launch) There(ConvShape shape, DeviceArray? bias)
    {
        var blocks = GemmPlan.Blocks(shape.W.Output, SeriesForwardKernels.OutputsOfGroup);
        var channels = GemmPlan.Blocks(shape.K, SeriesForwardKernels.ChannelsOfGroup);
        var g = SeriesArguments.Of(shape, blocks, channels);
        g.Bias = bias is null ? 0 : 1;
        return (g, new LaunchShape(blocks * channels * shape.N, SeriesForwardKernels.GroupSize));
    }
}
