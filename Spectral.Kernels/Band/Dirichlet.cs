namespace Spectral.Kernels;

/// <summary>The kernel of an ideal low-pass on a circle: the sum of the waves of its kept bins.</summary>
internal static class Dirichlet
{
    /// <summary>
    /// Σ over the kept bins of both signs of cos(2π·bin·apart/points), in closed form:
    /// sin(π(2k−1)u)/sin(πu), and of the last bin of an even circle, which has one sign, its own wave.
    /// </summary>
    /// <param name="band">The circle and the bins kept.</param>
    /// <param name="apart">Distance of two positions, in parts of the circle.</param>
    /// <param name="points">How many parts make the circle.</param>
    internal static double Sum(BandAxis band, long apart, long points)
    {
        var hasLast = band.IsFull && band.FftLength % 2 == 0;
        var waves = (2 * (hasLast ? band.Kept - 1 : band.Kept)) - 1;
        var last = hasLast ? Math.Cos(Math.PI * (band.FftLength * apart % (2 * points)) / points) : 0;
        return apart % points == 0
            ? waves + last
            : (Sine(waves * apart) / Sine(apart)) + last;

        // Whole turns are left out while the numbers are integers.
        double Sine(long halfTurns) => Math.Sin(Math.PI * (halfTurns % (2 * points)) / points);
    }
}
