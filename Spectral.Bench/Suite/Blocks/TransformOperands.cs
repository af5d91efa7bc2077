using System.Numerics;
using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>Rows, their half spectra and a plan.</summary>
internal sealed class FftOperands(ComputeDevice device, int n, int batch) : IDisposable
{
    private readonly Buffers<float> _float = new(device, n, batch);

    internal void Run() => _float.Run();

    internal double Error()
    {
        Run();
        using var exact = new Buffers<double>(device, n, batch);
        exact.Run();
        return RandomArrays.Distance(_float.Y, exact.Y);
    }

    public void Dispose() => _float.Dispose();

    private sealed class Buffers<T>(ComputeDevice device, int n, int batch) : IDisposable
        where T : unmanaged, INumber<T>
    {
        private readonly FftPlan<T> _plan = FftPlan<T>.Create(device, n, batch);
        private readonly DeviceArray _x = RandomArrays.Of(device, DTypes.Of<T>(), 1, (long)n * batch);

        internal DeviceArray Y { get; } = new(device, DTypes.Of<T>(), 2L * FftSize.Half(n) * batch);

        internal void Run() => _plan.ForwardReal(_x.View<T>(), Y.ComplexView<T>());

        public void Dispose()
        {
            _x.Dispose();
            Y.Dispose();
        }
    }
}

/// <summary>Planes (or rows) and their kept coefficients.</summary>
internal sealed class PlaneOperands(ComputeDevice device, PlaneTransformPlan plan) : IDisposable
{
    private readonly DeviceArray _x = RandomArrays.Of(device, DType.Float32, 1, plan.SampleCount);
    private readonly DeviceArray _y = new(device, DType.Float32, plan.SpectrumCount);

    internal void Run() => PlaneTransform.Forward(plan, _x, _y);

    internal double Error()
    {
        Run();
        using var x = RandomArrays.Of(device, DType.Float64, 1, plan.SampleCount);
        using var y = new DeviceArray(device, DType.Float64, plan.SpectrumCount);
        PlaneTransform.Forward(plan, x, y);
        return RandomArrays.Distance(_y, y);
    }

    public void Dispose()
    {
        _x.Dispose();
        _y.Dispose();
    }
}
