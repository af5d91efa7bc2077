using BenchmarkDotNet.Attributes;
using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>
/// A one-axis convolution forward, direct and band-limited at several compression rates. The error is
/// that of the arithmetic: band-limited in float against band-limited in double.
/// </summary>
public class ConvolutionBench : KernelBench
{
    private const int Direct = -1;

    private DeviceArray _x = null!, _w = null!, _y = null!;

    [Params("16x128x256x150x5", "16x256x128x150x3", "16x128x128x512x32")]
    public string NCKLR { get; set; } = "16x128x256x150x5";

    /// <summary>Percent discarded; −1 for the direct convolution.</summary>
    [Params(Direct, 0, 50, 80)]
    public int Rate { get; set; }

    /// <summary>Of the direct form, whatever runs: rates of different rows compare like times.</summary>
    public override double Flops => Shape.Flops;

    private ConvShape Shape
    {
        get
        {
            var s = NCKLR.Split('x').Select(int.Parse).ToArray();
            var padding = (s[4] - 1) / 2;
            return ConvShape.OneAxis(s[0], s[1], s[2], new ConvAxis(s[3], s[4], 1, padding, padding));
        }
    }

    [GlobalSetup]
    public void Setup() => (_x, _w, _y) = Operands(DType.Float32);

    [Benchmark]
    public void Forward()
    {
        Run(_x, _w, _y);
        Device.Synchronize();
    }

    public override double RelativeError()
    {
        var (x, w, single) = Operands(DType.Float32);
        Run(x, w, single);
        (x, w, var exact) = Operands(DType.Float64);
        Run(x, w, exact);
        return Compare(single, exact);
    }

    private (DeviceArray X, DeviceArray W, DeviceArray Y) Operands(DType type) =>
        (Random(type, 1, Shape.InputCount), Random(type, 2, Shape.FilterCount),
        Empty(type, Shape.OutputCount));

    private void Run(DeviceArray x, DeviceArray w, DeviceArray y)
    {
        if (Rate == Direct)
        {
            DirectConv.Forward(Shape, x, w, null, y);
            return;
        }

        var plan = BandConvPlan.For(Shape, 1, Band.Rate(Rate), FftSizePolicy.Minimal);
        using var spectrumX = BandConv.Transform(plan.Input, x, "bench");
        using var filters = BandConv.Filters(plan, w, "bench");
        BandConv.Forward(plan, spectrumX, filters, null, y);
    }
}
