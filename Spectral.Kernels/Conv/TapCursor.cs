namespace Spectral.Kernels;

/// <summary>A tap, and what it adds to the place of an output in padded images.</summary>
internal struct TapCursor
{
    public int C, R, Q, Offset;

    /// <summary>The next tap.</summary>
    internal static TapCursor Next(TapCursor tap, FewChannelArguments g)
    {
        tap.Q++;
        tap.Offset += g.DilationW;
        if (tap.Q < g.Q)
            return tap;
        tap.Q = 0;
        tap.R++;
        tap.Offset += (g.DilationH * g.Pitch) - (g.Q * g.DilationW);
        if (tap.R < g.R)
            return tap;
        tap.R = 0;
        tap.C++;
        tap.Offset = tap.C < g.C ? tap.C * g.Together * g.ImageLength : 0;
        return tap;
    }
}
