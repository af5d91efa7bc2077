using System.Collections.Concurrent;
using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// Transforms of planes by fast transforms along both axes: of columns beyond the band nothing is
/// transformed, and rows beyond it are never stored. In between the data are [columns kept][2][height]
/// [planes], so that the planes are neighbours in both transforms of columns.
/// </summary>
internal static class PlaneFft
{
    internal static void Forward<T>(PlaneTransformPlan plan, DeviceArray x, DeviceArray spectrum)
        where T : unmanaged, INumber<T>
    {
        var (rows, columns) = Passes<T>(x.Device, plan, false, 0);
        using var between = Between(plan, x);
        var middle = between.Array.View<T>();
        rows.Run(x.View<T>(), middle, middle);
        columns.Run(middle, spectrum.View<T>(), middle);
    }

    internal static void Inverse<T>(
        PlaneTransformPlan plan, DeviceArray spectrum, DeviceArray y, DeviceArray? bias)
        where T : unmanaged, INumber<T>
    {
        var (rows, columns) = Passes<T>(y.Device, plan, true, bias is null ? 0 : (int)bias.Length);
        using var between = Between(plan, y);
        var middle = between.Array.View<T>();
        columns.Run(spectrum.View<T>(), middle, middle);
        rows.Run(middle, y.View<T>(), bias is null ? middle : bias.View<T>());
    }

    private static Workspace Between(PlaneTransformPlan plan, DeviceArray like) =>
        new(like.Device, like.DType, plan.Rows.SpectrumCount, "plane transform");

    private static (FftPass<T> Rows, FftPass<T> Columns) Passes<T>(
        ComputeDevice device, PlaneTransformPlan plan, bool inverse, int biasLength)
        where T : unmanaged, INumber<T>
    {
        var made = device.Resource(typeof(Kept<T>), _ => new Kept<T>()).Made;
        return made.GetOrAdd(
            new Key(plan, inverse, biasLength, CandidateEnvironment.Forced("fft")),
            _ => (new FftPass<T>(device, RowJob<T>(plan, inverse, biasLength), null),
                new FftPass<T>(device, ColumnJob<T>(plan, inverse), null)));
    }

    private static FftJob<T> RowJob<T>(PlaneTransformPlan plan, bool inverse, int biasLength)
        where T : unmanaged, INumber<T>
    {
        var (w, height) = (plan.W, plan.H.Length);
        var job = BandFft.Job<T>(new BandFftShape(plan.Planes, w.FftLength, w.Kept, w.Length, w.Start, w.Step));
        var samples = new FftStrides(w.Length, plan.PlaneLength, 1, 0);
        var bins = new FftStrides(plan.Planes, 1, 2 * height * plan.Planes, height * plan.Planes);
        job.Outer = height;
        BandFft.Direct(ref job, inverse, samples, bins);
        job.BiasLength = biasLength;
        return job;
    }

    /// <summary>Columns as they are kept, of samples [columns kept][2][height][planes].</summary>
    internal static FftJob<T> ColumnJob<T>(PlaneTransformPlan plan, bool inverse)
        where T : unmanaged, INumber<T>
    {
        var (h, planes) = (plan.H, plan.Planes);
        var samples = new FftStrides(2 * h.Length * planes, 1, planes, h.Length * planes);
        var rows = new FftStrides(2 * h.Band.BothSigns * planes, 1, 2 * planes, planes);
        return new FftJob<T>
        {
            Outer = plan.W.Kept,
            Inner = planes,
            Length = h.FftLength,
            Bins = h.Band.BothSigns,
            Start = h.Start,
            Step = h.Step,
            Samples = h.Length,
            Input = (int)(inverse ? FftPort.Signed : FftPort.Circle),
            Output = (int)(inverse ? FftPort.Circle : FftPort.Signed),
            From = inverse ? rows : samples,
            To = inverse ? samples : rows,
            Results = inverse ? h.Length : h.Band.BothSigns,
            SwapIn = inverse ? 1 : 0,
            SwapOut = inverse ? 1 : 0,
            Scale = T.CreateChecked(inverse ? 1.0 / h.FftLength : 1),
        };
    }

    private sealed record Key(PlaneTransformPlan Plan, bool IsInverse, int BiasLength, string? Forced);

    /// <summary>Passes of a device.</summary>
    private sealed class Kept<T> : IDisposable
        where T : unmanaged, INumber<T>
    {
        internal ConcurrentDictionary<Key, (FftPass<T> Rows, FftPass<T> Columns)> Made { get; } = new();

        public void Dispose() => Made.Clear();
    }
}
