using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>Spectra to multiply.</summary>
internal sealed class SpectraOperands(
    ComputeDevice device, ComplexGemmShape shape, DType type = DType.Float32) : IDisposable
{
    private readonly DeviceArray _x = RandomArrays.Of(device, type, 1, shape.InputLength);
    private readonly DeviceArray _w = RandomArrays.Of(device, type, 2, shape.FilterLength);
    private readonly DeviceArray _y = RandomArrays.Of(device, type, 3, shape.OutputLength);

    private DeviceArray Result => shape.Form switch
    {
        ComplexGemmForm.Forward => _y,
        ComplexGemmForm.InputGradient => _x,
        _ => _w,
    };

    internal void Run()
    {
        switch (shape.Form)
        {
            case ComplexGemmForm.Forward:
                ComplexGemm.Forward(shape, _x, _w, _y);
                break;
            case ComplexGemmForm.InputGradient:
                ComplexGemm.InputGradient(shape, _y, _w, _x);
                break;
            default:
                ComplexGemm.FilterGradient(shape, _x, _y, _w);
                break;
        }
    }

    internal double Error()
    {
        Run();
        using var exact = new SpectraOperands(device, shape, DType.Float64);
        exact.Run();
        return RandomArrays.Distance(Result, exact.Result);
    }

    public void Dispose()
    {
        _x.Dispose();
        _w.Dispose();
        _y.Dispose();
    }
}

/// <summary>Two square matrices and their product.</summary>
internal sealed class MatrixOperands(ComputeDevice device, int side, DType type = DType.Float32) : IDisposable
{
    private readonly DeviceArray _a = RandomArrays.Of(device, type, 1, (long)side * side);
    private readonly DeviceArray _b = RandomArrays.Of(device, type, 2, (long)side * side);
    private readonly DeviceArray _c = new(device, type, (long)side * side);

    internal void Run() => Gemm.Multiply(new GemmShape(1, side, side, side), _a, _b, _c);

    internal double Error()
    {
        Run();
        using var exact = new MatrixOperands(device, side, DType.Float64);
        exact.Run();
        return RandomArrays.Distance(_c, exact._c);
    }

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
        _c.Dispose();
    }
}
