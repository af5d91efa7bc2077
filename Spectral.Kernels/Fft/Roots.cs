namespace Spectral.Kernels;

/// <summary>Roots of unity in double, from indices reduced as 64-bit integers.</summary>
internal static class Roots
{
    /// <summary>
    /// exp(−2πi·index/n). The angle is brought into the first octant by integer arithmetic, so that the
    /// result is good to the last bit whatever the index.
    /// </summary>
    internal static Complex<double> Of(long index, long n)
    {
        var eighths = 8 * (index % n);
        var octant = (int)(eighths / n);
        var rest = eighths % n;
        if (octant % 2 == 1)
            rest = n - rest;
        var (s, c) = Math.SinCos(Math.PI / 4 * rest / n);
        return octant switch
        {
            0 => new(c, -s),
            1 => new(s, -c),
            2 => new(-s, -c),
            3 => new(-c, -s),
            4 => new(-c, s),
            5 => new(-s, c),
            6 => new(s, c),
            _ => new(c, s),
        };
    }

    /// <summary>exp(−πi·k²/n), the chirp of Bluestein's algorithm.</summary>
    internal static Complex<double> Chirp(long k, long n) => Of(k * k % (2 * n), 2 * n);
}
