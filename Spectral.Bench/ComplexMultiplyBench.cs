using BenchmarkDotNet.Attributes;
using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>The complex product of every frequency, in its three forms.</summary>
public class ComplexMultiplyBench : KernelBench
{
    private DeviceArray _a = null!, _b = null!, _c = null!;

    [Params(ComplexGemmForm.Forward, ComplexGemmForm.InputGradient, ComplexGemmForm.FilterGradient)]
    public ComplexGemmForm Form { get; set; }

    [Params("200x128x64x64", "200x16x64x64", "76x16x128x256")]
    public string FNCK { get; set; } = "200x128x64x64";

    public override double Flops => Shape.Flops;

    private ComplexGemmShape Shape
    {
        get
        {
            var s = FNCK.Split('x').Select(int.Parse).ToArray();
            return new(Form, s[0], s[1], s[2], s[3]);
        }
    }

    [GlobalSetup]
    public void Setup() => (_a, _b, _c) = Operands(DType.Float32);

    [Benchmark]
    public void Multiply()
    {
        Run(_a, _b, _c);
        Device.Synchronize();
    }

    public override double RelativeError()
    {
        var (a, b, single) = Operands(DType.Float32);
        Run(a, b, single);
        (a, b, var exact) = Operands(DType.Float64);
        Run(a, b, exact);
        return Compare(single, exact);
    }

    private (DeviceArray A, DeviceArray B, DeviceArray C) Operands(DType type)
    {
        var (x, w, y) = (Shape.InputLength, Shape.FilterLength, Shape.OutputLength);
        var (a, b, c) = Form switch
        {
            ComplexGemmForm.Forward => (x, w, y),
            ComplexGemmForm.InputGradient => (y, w, x),
            _ => (x, y, w),
        };
        return (Random(type, 1, a), Random(type, 2, b), Empty(type, c));
    }

    private void Run(DeviceArray a, DeviceArray b, DeviceArray c)
    {
        switch (Form)
        {
            case ComplexGemmForm.Forward:
                ComplexGemm.Forward(Shape, a, b, c);
                break;
            case ComplexGemmForm.InputGradient:
                ComplexGemm.InputGradient(Shape, a, b, c);
                break;
            default:
                ComplexGemm.FilterGradient(Shape, a, b, c);
                break;
        }
    }
}
