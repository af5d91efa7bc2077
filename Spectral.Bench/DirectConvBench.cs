using BenchmarkDotNet.Attributes;
using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>Direct convolutions of the layers of a ResNet on 32x32 images: forward and both gradients.</summary>
public class DirectConvBench : KernelBench
{
    private DeviceArray _x = null!, _w = null!, _y = null!, _dx = null!, _dw = null!;

    /// <summary>N x C x K x side x filter x stride.</summary>
    [Params("32x64x64x32x3x1", "32x64x64x16x3x1", "32x128x128x8x3x1", "32x256x256x4x3x1", "32x512x512x2x3x1",
        "32x64x128x16x3x2", "32x64x128x16x1x2", "32x3x64x32x3x1")]
    public string NCKSRT { get; set; } = "32x64x64x32x3x1";

    public override double Flops => Shape.Flops;

    private ConvShape Shape
    {
        get
        {
            var s = NCKSRT.Split('x').Select(int.Parse).ToArray();
            var axis = new ConvAxis(s[3], s[4], s[5], s[4] / 2, s[4] / 2);
            return new ConvShape(s[0], s[1], s[2], axis, axis);
        }
    }

    [GlobalSetup]
    public void Setup()
    {
        (_x, _w, _y) = Operands(DType.Float32);
        _dx = Empty(DType.Float32, Shape.InputCount);
        _dw = Empty(DType.Float32, Shape.FilterCount);
        Forward();
    }

    [Benchmark]
    public void Forward()
    {
        DirectConv.Forward(Shape, _x, _w, null, _y);
        Device.Synchronize();
    }

    [Benchmark]
    public void InputGradient()
    {
        DirectConv.InputGradient(Shape, _y, _w, _dx);
        Device.Synchronize();
    }

    [Benchmark]
    public void FilterGradient()
    {
        DirectConv.FilterGradient(Shape, _x, _y, _dw);
        Device.Synchronize();
    }

    public override double RelativeError()
    {
        var (x, w, single) = Operands(DType.Float32);
        DirectConv.Forward(Shape, x, w, null, single);
        (x, w, var exact) = Operands(DType.Float64);
        DirectConv.Forward(Shape, x, w, null, exact);
        return Compare(single, exact);
    }

    private (DeviceArray X, DeviceArray W, DeviceArray Y) Operands(DType type) =>
        (Random(type, 1, Shape.InputCount), Random(type, 2, Shape.FilterCount),
        Empty(type, Shape.OutputCount));
}
