using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>Ideal low-pass of periodic series: what lies outside the band is removed.</summary>
    /// <param name="x">[N, C, L].</param>
    /// <param name="band">What is kept; not an energy.</param>
    /// <returns>[N, C, L].</returns>
    /// <exception cref="InvalidInputException">Another rank, or a band that depends on the data.</exception>
    public static Tensor LowPass1d(Tensor x, Band band)
    {
        CheckLowPass("lowPass1d", x, 3, band);
        var length = x.Shape[2];
        var kept = band.KeptBins(FftSize.Half(length));
        return MapAxes("lowPass1d", x, AxisMap.Identity(1), Keep(length, kept));
    }

    /// <summary>Ideal low-pass of periodic images: what lies outside the band is removed.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="band">What is kept; not an energy.</param>
    /// <returns>[N, C, H, W].</returns>
    /// <exception cref="InvalidInputException">Another rank, or a band that depends on the data.</exception>
    public static Tensor LowPass2d(Tensor x, Band band)
    {
        CheckLowPass("lowPass2d", x, 4, band);
        var kept = band.KeptBins(FftSize.Half(x.Shape[2]), FftSize.Half(x.Shape[3]));
        return MapAxes("lowPass2d", x, Keep(x.Shape[2], kept.H), Keep(x.Shape[3], kept.W));
    }

    /// <summary>
    /// Spectral pooling of series (Rippel, Snoek and Adams 2015): the spectrum is cropped to that of a shorter
    /// series, which keeps more of the shape than the mean or the maximum of windows. Means are kept. A longer
    /// output interpolates.
    /// </summary>
    /// <param name="x">[N, C, L].</param>
    /// <param name="outputSize">Length of the result O, at least 1.</param>
    /// <returns>[N, C, O].</returns>
    /// <exception cref="InvalidInputException">Another rank, or no output.</exception>
    public static Tensor SpectralPool1d(Tensor x, int outputSize)
    {
        CheckPool("spectralPool1d", x, 3, outputSize);
        return MapAxes("spectralPool1d", x, AxisMap.Identity(1), Resize(x.Shape[2], outputSize));
    }

    /// <summary>Spectral pooling of images, see <see cref="SpectralPool1d"/>.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="outputSize">Height and width of the result, at least 1.</param>
    /// <returns>[N, C, height, width].</returns>
    /// <exception cref="InvalidInputException">Another rank, or no output.</exception>
    public static Tensor SpectralPool2d(Tensor x, Size2 outputSize)
    {
        CheckPool("spectralPool2d", x, 4, outputSize);
        return MapAxes(
            "spectralPool2d", x, Resize(x.Shape[2], outputSize.H), Resize(x.Shape[3], outputSize.W));
    }

    /// <summary>Low-passes along the last axis, and the one before it if there are two.</summary>
    private static Tensor MapAxes(string operation, Tensor x, AxisMap h, AxisMap w)
    {
        if (h.IsIdentity && w.IsIdentity)
            return x;
        var y = Tensor.Like(x, x.Rank == 3
            ? [x.Shape[0], x.Shape[1], w.OutputLength]
            : [x.Shape[0], x.Shape[1], h.OutputLength, w.OutputLength], operation);
        PlaneMap.Apply(x.Shape[0] * x.Shape[1], h, w, x.Data, y.Data);
        return Tape.Record(y, [x], () => new MapAxesRule(operation, x.Shape, h, w));
    }

    private static AxisMap Keep(int length, int kept) =>
        new(new BandAxis(length, kept), length, 0, length, length);

    // Only bins that both lengths tell from their mirror images: Nyquist belongs to neither sign.
    private static AxisMap Resize(int from, int to) => from == to
        ? AxisMap.Identity(from)
        : new(new BandAxis(from, ((Math.Min(from, to) - 1) / 2) + 1), from, 0, to, to);

    private static void CheckLowPass(string operation, Tensor x, int rank, Band band)
    {
        Throw.Unless(x.Rank == rank && x.DType.IsReal(), operation, $"a tensor {x.Shape} of {x.DType}",
            rank == 3 ? "real [N, C, L]" : "real [N, C, H, W]", "reshape it");
        Throw.Unless(!band.DependsOnData, operation, $"{band}", "a rate, a cutoff or a number of bins",
            "give one of those");
    }

    private static void CheckPool(string operation, Tensor x, int rank, Size2 output)
    {
        Throw.Unless(x.Rank == rank && x.DType.IsReal(), operation, $"a tensor {x.Shape} of {x.DType}",
            rank == 3 ? "real [N, C, L]" : "real [N, C, H, W]", "reshape it");
        Throw.Unless(output.Min >= 1, operation, $"an output of {output}", "at least 1", "ask for more");
    }

    private sealed class MapAxesRule(string name, Shape from, AxisMap h, AxisMap w) : BackwardRule
    {
        public override string Name => name;

        public override double MultiplyAdds => (double)from[0] * from[1] * w.OutputLength * h.Length
            * ((w.IsIdentity ? 0 : w.Length) + (h.IsIdentity ? 0 : h.OutputLength));

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            var dx = Tensor.Like(dy, from, Name);
            PlaneMap.Adjoint(from[0] * from[1], h, w, dy.Data, dx.Data);
            return [dx];
        }
    }
}
