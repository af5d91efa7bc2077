using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// Convolutions of series of few channels on GPUs, as the first layer of a network has them: one launch a pass, where
/// products with unfolded series would be two or three, of tiles that stay half empty.
/// </summary>
internal static class ConvOfSeries
{
    /// <summary>Outputs of longer series fill the tiles of products (measured on an H200).</summary>
    private const int LongestSeries = 512;

    internal static bool IsLegal(ComputeDevice device, ConvShape s) =>
        HasFewTaps(s) && device.Quirks.RunsTiles && device.Limits.MaxGroupSize >= SeriesKernels.GroupSizeBack;

    /// <summary>Whether the kernels are preferred where there are groups of work-items.</summary>
    internal static bool IsWorthwhile(ConvShape s) => s.W.Output <= LongestSeries && HasFewTaps(s);

    /// <summary>Whether the kernels can do it where there are groups of work-items.</summary>
    private static bool HasFewTaps(ConvShape s) =>
        s.H == new ConvAxis(1, 1) && s.W.Stride == 1 && s.Taps <= SeriesKernels.MostTaps
        && s.C * (SeriesKernels.OutputsOfGroup + ((s.W.Kernel - 1L) * s.W.Dilation)) <= SeriesKernels.MostSamples;

    internal static bool IsPreferred(ComputeDevice device, ConvShape s) =>
        !device.Quirks.PrefersVectorLoops && IsWorthwhile(s) && IsLegal(device, s);

    internal static void Forward(ConvShape shape, DeviceArray x, DeviceArray w, DeviceArray? bias, DeviceArray y)
    {
        if (y.DType == DType.Float32)
            Forward<float>(shape, x, w, bias, y);
        else
            Forward<double>(shape, x, w, bias, y);
    }

    internal static void InputGradient(ConvShape shape, DeviceArray dy, DeviceArray w, DeviceArray dx)
    {
        if (dx.DType == DType.Float32)
            InputGradient<float>(shape, dy, w, dx);
        else
            InputGradient<double>(shape, dy, w, dx);
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
        var g = Arguments(
            shape, GemmPlan.Blocks(shape.W.Output, SeriesKernels.OutputsOfGroup),
            GemmPlan.Blocks(shape.K, SeriesKernels.ChannelsOfGroup));
        g.Bias = bias is null ? 0 : 1;
        y.Device.Launch(
            SeriesKernels.Forward, new LaunchShape(g.Blocks * g.Channels * shape.N, SeriesKernels.GroupSize), x.View<T>(),
            w.View<T>(), (bias ?? w).View<T>(), y.View<T>(), g);
    }

    private static void InputGradient<T>(ConvShape shape, DeviceArray dy, DeviceArray w, DeviceArray dx)
        where T : unmanaged, INumber<T>
    {
        var g = Arguments(shape, GemmPlan.Blocks(shape.W.Length, SeriesKernels.SamplesOfGroup), shape.C);
        dx.Device.Launch(
            SeriesKernels.InputGradient, Back(g.Blocks * g.Channels * shape.N), dy.View<T>(), w.View<T>(), dx.View<T>(), g);
    }

    private static void FilterGradient<T>(ConvShape shape, DeviceArray x, DeviceArray dy, DeviceArray dw)
        where T : unmanaged, INumber<T>
    {
        var g = Arguments(shape, GemmPlan.Blocks(shape.W.Kernel, SeriesKernels.TapsAtOnce), shape.C);
        dw.Device.Launch(
            SeriesKernels.FilterGradient, Back(g.Blocks * g.Channels * shape.K), x.View<T>(), dy.View<T>(), dw.View<T>(), g);
    }

    private static SeriesArguments Arguments(ConvShape shape, int blocks, int channels)
    {
        var g = new SeriesArguments(shape) { Blocks = blocks, Channels = channels };
        (g.ByBlocks, g.ByChannels, g.ByReach) = (Divisor.Of(blocks), Divisor.Of(channels), Divisor.Of(g.Reach));
        return g;
    }

    private static LaunchShape Back(int groups) => new(groups, SeriesKernels.GroupSizeBack);
}
