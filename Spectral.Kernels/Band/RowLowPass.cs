using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// Low-passes of rows by fast transforms: there, cut, and back, a part of the rows at a time, so that the spectra
/// stay in a cache. Where the band's own circle is much longer than the rows, as the original's is, a shorter
/// one with the low-pass's response to each of its bins gives the same samples.
/// </summary>
internal static class RowLowPass
{
    /// <summary>Of a part: what the caches of a CPU hold, and the second cache of a GPU.</summary>
    private const long SpectrumBytes = 4L << 20, SpectrumBytesGpu = 32L << 20;

    /// <summary>Circle of the transforms, its bins, and their weights; null if these are ones.</summary>
    private readonly record struct Way(int Circle, int Bins, LowPassResponse? Response)
    {
        internal double Operations(int length, double odd) =>
            2 * new BandTransformPlan(Circle, Bins, length, 0, 1, 1).OperationsOfFftBy(odd);
    }

    /// <summary>Whether input and output lie on one circle that has a fast transform.</summary>
    internal static bool IsLegal(AxisMap map) =>
        map.IsValid && map.OutputCircle == map.Band.FftLength && map.OutputLength <= map.OutputCircle
        && map.OutputCircle <= FftPlanner.MaxLength;

    /// <summary>
    /// Operations of a matrix product that take as long as one row does, with odd circles so many times as long.
    /// </summary>
    internal static double EquivalentFlops(AxisMap map, double odd = BandTransformPlan.OddInLanes) =>
        Choose(map).Operations(map.Length, odd);

    /// <summary>Takes rows [rows][length] of x to [rows][output length] of y, or back for the adjoint.</summary>
    internal static void Run(int rows, AxisMap map, bool isAdjoint, DeviceArray x, DeviceArray y)
    {
        if (y.DType == DType.Float32)
            Run<float>(rows, map, isAdjoint, x, y);
        else
            Run<double>(rows, map, isAdjoint, x, y);
    }

    private static void Run<T>(int rows, AxisMap map, bool isAdjoint, DeviceArray x, DeviceArray y)
        where T : unmanaged, INumber<T>
    {
        var (device, type, way) = (y.Device, y.DType, Choose(map));
        var bytes = device.Quirks.PrefersVectorLoops ? SpectrumBytes : SpectrumBytesGpu;
        var most = (int)Math.Clamp(bytes / (2L * way.Bins * type.SizeOf()), 1, rows);
        for (var first = 0; first < rows; first += most)
        {
            var count = Math.Min(most, rows - first);
            var input = new BandFftShape(count, way.Circle, way.Bins, map.Length, map.Start, 1);
            var output = new BandFftShape(count, way.Circle, way.Bins, map.OutputLength, 0, 1);
            var (from, to) = isAdjoint ? (output, input) : (input, output);
            using var spectrum = new Workspace(device, type, 2L * way.Bins * count, "low-pass");
            BandFft.Forward(
                device, from, x.View<T>().SubView((long)first * from.Samples, (long)count * from.Samples),
                spectrum.Array.View<T>());
            if (way.Response is { } response)
                Binary.Broadcast(
                    BinaryKind.Multiply, spectrum.Array, [way.Bins, 2 * count],
                    BandMatrixCache.Get(device, response, type), [way.Bins, 1], spectrum.Array, [way.Bins, 2 * count]);
            BandFft.Inverse(
                device, to, spectrum.Array.View<T>(),
                y.View<T>().SubView((long)first * to.Samples, (long)count * to.Samples));
        }
    }

    private static Way Choose(AxisMap map)
    {
        var own = new Way(map.Band.FftLength, map.Band.Kept, null);
        var reach = Math.Max(map.Start + map.Length, map.OutputLength - map.Start) - 1;
        var circle = 2 * FftSize.NextSmooth(reach + 1);
        return circle < own.Circle
            ? new Way(circle, FftSize.Half(circle), new LowPassResponse(map.Band, reach, circle))
            : own;
    }
}
