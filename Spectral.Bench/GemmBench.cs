using BenchmarkDotNet.Attributes;
using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>Matrix products: square, and as truncated transforms of many rows ask for them.</summary>
public class GemmBench : KernelBench
{
    private DeviceArray _a = null!, _b = null!, _c = null!;

    /// <summary>Batch x M x L x P.</summary>
    [Params("1x512x512x512", "1x1024x1024x1024", "1x34x32x65536", "1x66x64x65536", "1x65536x66x64",
        "32x66x64x2048", "1x64x576x1024")]
    public string BMLP { get; set; } = "1x512x512x512";

    /// <summary>Whether B is stored by columns.</summary>
    [Params(false, true)]
    public bool Transposed { get; set; }

    public override double Flops => Shape.Flops;

    private GemmShape Shape
    {
        get
        {
            var s = BMLP.Split('x').Select(int.Parse).ToArray();
            var shape = new GemmShape(s[0], s[1], s[3], s[2]) { A = (0, s[2], 1) };
            return Transposed ? shape with { B = (shape.B.Batch, 1, s[2]) } : shape;
        }
    }

    [GlobalSetup]
    public void Setup() => (_a, _b, _c) = Operands(DType.Float32);

    [Benchmark]
    public void Multiply()
    {
        Gemm.Multiply(Shape, _a, _b, _c);
        Device.Synchronize();
    }

    public override double RelativeError()
    {
        var (a, b, single) = Operands(DType.Float32);
        Gemm.Multiply(Shape, a, b, single);
        (a, b, var exact) = Operands(DType.Float64);
        Gemm.Multiply(Shape, a, b, exact);
        return Compare(single, exact);
    }

    private (DeviceArray A, DeviceArray B, DeviceArray C) Operands(DType type)
    {
        var s = Shape;
        return (Random(type, 1, (long)s.M * s.L), Random(type, 2, (long)s.Batch * s.L * s.P),
            Empty(type, (long)s.Batch * s.M * s.P));
    }
}
