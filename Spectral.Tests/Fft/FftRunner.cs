using System.Numerics;
using System.Runtime.InteropServices;
using Spectral.Kernels;

namespace Spectral.Tests;

/// <summary>Runs the four transforms of a length on a device and measures their relative L2 errors.</summary>
internal static class FftRunner
{
    internal static readonly string[] Names = ["forward", "inverse", "real forward", "real inverse"];

    /// <summary>Worst relative error over the rows, for each of the four transforms.</summary>
    internal static double[] Errors<T>(
        ComputeDevice device, FftOracle oracle, int n, int batch, string? candidate = null)
        where T : unmanaged, INumber<T>
    {
        var bins = (n / 2) + 1;
        var plan = FftPlan<T>.Create(device, n, batch, candidate: candidate);
        var signal = Reals<T>(oracle.Signal.AsSpan(0, n * batch));
        var halves = new T[2 * bins * batch];
        for (var row = 0; row < batch; row++)
            signal.AsSpan(2 * n * row, 2 * bins).CopyTo(halves.AsSpan(2 * bins * row));
        var real = new T[n * batch];
        for (var i = 0; i < real.Length; i++)
            real[i] = signal[2 * i];

        using var x = DeviceArray.From<T>(device, signal);
        using var y = Dirty<T>(device, 2L * n * batch);
        using var work = Dirty<T>(device, plan.WorkspaceLength);
        plan.Forward(x.ComplexView<T>(), y.ComplexView<T>(), work.View<T>());
        var forward = Worst(y.ToArray<T>(), Flat(oracle.Forward), 2 * n, batch);
        plan.Inverse(x.ComplexView<T>(), x.ComplexView<T>(), work.View<T>());
        var inverse = Worst(x.ToArray<T>(), Flat(oracle.Inverse), 2 * n, batch);

        using var r = DeviceArray.From<T>(device, real);
        using var h = Dirty<T>(device, 2L * bins * batch);
        plan.ForwardReal(r.View<T>(), h.ComplexView<T>(), work.View<T>());
        var forwardReal = Worst(h.ToArray<T>(), Flat(oracle.Half), 2 * bins, batch);
        h.CopyFrom<T>(halves);
        plan.InverseReal(h.ComplexView<T>(), r.View<T>(), work.View<T>());
        var inverseReal = Worst(r.ToArray<T>(), oracle.Real, n, batch);
        return [forward, inverse, forwardReal, inverseReal];
    }

    /// <summary>Memory full of NaN, so that nothing unwritten goes unnoticed.</summary>
    internal static DeviceArray Dirty<T>(ComputeDevice device, long length) where T : unmanaged, INumber<T>
    {
        var array = new DeviceArray(device, DTypes.Of<T>(), length);
        var values = new T[length];
        Array.Fill(values, T.CreateChecked(double.NaN));
        array.CopyFrom<T>(values);
        return array;
    }

    internal static T[] Reals<T>(ReadOnlySpan<Complex> values) where T : unmanaged, INumber<T>
    {
        var reals = new T[2 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            reals[2 * i] = T.CreateChecked(values[i].Real);
            reals[(2 * i) + 1] = T.CreateChecked(values[i].Imaginary);
        }

        return reals;
    }

    internal static ReadOnlySpan<double> Flat(Complex[] values) =>
        MemoryMarshal.Cast<Complex, double>(values.AsSpan());

    /// <summary>Largest relative L2 error of a row; NaN if any value is.</summary>
    internal static double Worst<T>(T[] got, ReadOnlySpan<double> expected, int rowLength, int rows)
        where T : unmanaged, INumber<T>
    {
        var worst = 0.0;
        for (var row = 0; row < rows; row++)
        {
            double error = 0, norm = 0;
            for (var i = row * rowLength; i < (row + 1) * rowLength; i++)
            {
                var difference = double.CreateChecked(got[i]) - expected[i];
                error += difference * difference;
                norm += expected[i] * expected[i];
            }

            var relative = Math.Sqrt(error / Math.Max(norm, 1e-300));
            worst = double.IsNaN(relative) ? double.NaN : Math.Max(worst, relative);
        }

        return worst;
    }
}
