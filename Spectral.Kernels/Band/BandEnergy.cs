using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Energy of spectra by frequency, and the smallest band that holds a share of it.</summary>
public static class BandEnergy
{
    /// <summary>Σ over the rows of |X|², for each bin, in a fixed order. Waits for the device.</summary>
    /// <param name="spectrum">Planar spectrum, [k][2][rows].</param>
    /// <param name="kept">k.</param>
    /// <exception cref="InvalidInputException">The length is no multiple of 2k.</exception>
    public static double[] PerBin(DeviceArray spectrum, int kept)
    {
        Throw.Unless(kept >= 1 && spectrum.Length % (2 * kept) == 0 && spectrum.DType.IsReal(), "band energy",
            $"{spectrum.Length} {spectrum.DType} for {kept} bins", "[k][2][rows] of a real type",
            "pass the whole spectrum");
        return spectrum.DType == DType.Float32
            ? PerBin<float>(spectrum, kept)
            : PerBin<double>(spectrum, kept);
    }

    /// <summary>
    /// The fewest bins whose energy is at least a share of that of all the given bins. By Parseval every
    /// bin counts twice, except bin 0 and, for even lengths, bin S/2.
    /// </summary>
    /// <param name="energies">Energies of the bins 0, 1, … (<see cref="PerBin(DeviceArray, int)"/>).</param>
    /// <param name="fftLength">S.</param>
    /// <param name="percent">The share, above 0, at most 100.</param>
    /// <exception cref="InvalidInputException">No bins, more than S/2+1, or another share.</exception>
    public static int SmallestBand(ReadOnlySpan<double> energies, int fftLength, double percent)
    {
        Throw.Unless(percent is > 0 and <= 100, "band energy", $"{percent} percent", "above 0, up to 100",
            "give such a share");
        Throw.Unless(energies.Length >= 1 && energies.Length <= (fftLength / 2) + 1, "band energy",
            $"{energies.Length} bins of a length of {fftLength}", $"1 to {(fftLength / 2) + 1}",
            "give the energies of the half spectrum");
        var total = 0.0;
        for (var bin = 0; bin < energies.Length; bin++)
            total += Weight(bin, fftLength) * energies[bin];
        var sum = 0.0;
        for (var bin = 0; bin < energies.Length; bin++)
        {
            sum += Weight(bin, fftLength) * energies[bin];
            if (sum >= total * percent / 100)
                return bin + 1;
        }

        return energies.Length;
    }

    /// <summary>
    /// The smallest band of planes that holds a share of their energy: the same fraction of both axes or one step more
    /// of the rows, these of both signs, columns weighted as the bins of a row.
    /// </summary>
    /// <param name="energies">
    /// Energies of the whole spectrum, [columns][rows] with rows 0, 1, −1, 2, −2 …
    /// (<see cref="PerBin(DeviceArray, int)"/>).
    /// </param>
    /// <param name="height">The vertical axis, every bin kept.</param>
    /// <param name="width">The horizontal axis, every bin kept.</param>
    /// <param name="percent">The share, above 0, at most 100.</param>
    /// <returns>Kept bins of each axis.</returns>
    /// <exception cref="InvalidInputException">Energies of a cut spectrum, or another share.</exception>
    public static Size2 SmallestBand(
        ReadOnlySpan<double> energies, BandAxis height, BandAxis width, double percent)
    {
        Throw.Unless(percent is > 0 and <= 100, "band energy", $"{percent} percent", "above 0, up to 100",
            "give such a share");
        Throw.Unless(
            height.IsFull && width.IsFull && energies.Length == (long)width.Half * height.FftLength,
            "band energy", $"{energies.Length} energies for rows: {height}, columns: {width}",
            "those of the whole spectrum", "transform without a band");
        var total = EnergyWithin(energies, height, width);
        foreach (var (h, w) in BandAxis.Growing(height.FftLength, width.FftLength))
            if (EnergyWithin(energies, h, w) >= total * percent / 100)
                return (h.Kept, w.Kept);
        return (height.Half, width.Half);
    }

    private static double EnergyWithin(ReadOnlySpan<double> energies, BandAxis height, BandAxis width)
    {
        var sum = 0.0;
        for (var column = 0; column < width.Kept; column++)
        {
            var weight = Weight(column, width.FftLength);
            foreach (var energy in energies.Slice(column * height.FftLength, height.BothSigns))
                sum += weight * energy;
        }

        return sum;
    }

    /// <summary>How often the full spectrum holds a bin of the half spectrum: once or twice.</summary>
    internal static double Weight(int bin, int fftLength) => bin == 0 || 2 * bin == fftLength ? 1 : 2;

    private static double[] PerBin<T>(DeviceArray spectrum, int kept) where T : unmanaged, INumber<T>
    {
        var device = spectrum.Device;
        var length = spectrum.Length / kept;
        var segments = (length + BandEnergyKernels.Segment - 1) / BandEnergyKernels.Segment;
        using var parts = new Workspace(device, spectrum.DType, (long)kept * segments, "band energy");
        device.Launch(
            BandEnergyKernels.SumSquares, device.Limits.Elements((long)kept * segments),
            spectrum.View<T>(), parts.Array.View<T>(), kept, length);
        var values = parts.Array.ToArray<T>();
        var energies = new double[kept];
        for (var i = 0; i < values.Length; i++)
            energies[i / segments] += double.CreateChecked(values[i]);
        return energies;
    }
}

/// <summary>Sums of squares along the planes of a spectrum.</summary>
internal sealed class BandEnergyKernels : IKernelForms
{
    /// <summary>Elements that one work-item sums; the host adds these parts in double.</summary>
    internal const int Segment = 512;

    public static IEnumerable<Delegate> Forms() =>
    [
        (Action<ArrayView<float>, ArrayView<float>, int, int>)SumSquares,
        (Action<ArrayView<double>, ArrayView<double>, int, int>)SumSquares,
    ];

    /// <summary>parts[bin][segment] = Σ of the squares in that segment of the bin's two planes.</summary>
    internal static void SumSquares<T>(ArrayView<T> spectrum, ArrayView<T> parts, int kept, int length)
        where T : unmanaged, INumber<T>
    {
        var segments = (length + Segment - 1) / Segment;
        for (var item = WorkItem.Index; item < kept * segments; item += WorkItem.Count)
        {
            var bin = item / segments;
            var first = item % segments * Segment;
            var last = Math.Min(length, first + Segment);
            var sum = T.Zero;
            for (var i = first; i < last; i++)
            {
                var value = spectrum[(bin * length) + i];
                sum += value * value;
            }

            parts[item] = sum;
        }
    }
}
