namespace Spectral.Kernels;

/// <summary>
/// What a low-pass does to each bin of a circle that is not its own: the transform of its kernel, as far as
/// outputs see it, which is real since the kernel is even.
/// </summary>
/// <param name="Band">The low-pass: its own circle and the bins kept.</param>
/// <param name="Reach">Farthest distance of an output from an input.</param>
/// <param name="Circle">Length of the transform, at least 2·reach + 1.</param>
internal readonly record struct LowPassResponse(BandAxis Band, int Reach, int Circle) : IBandMatrix
{
    public double[] Compute()
    {
        var kernel = new Complex<double>[Circle];
        for (var apart = -Reach; apart <= Reach; apart++)
            kernel[(apart + Circle) % Circle]
                = new Complex<double>(Dirichlet.Sum(Band, apart, Band.FftLength) / Band.FftLength, 0);
        return [.. HostFft.Forward(kernel).Take(FftSize.Half(Circle)).Select(bin => bin.Re)];
    }
}
