using System.Numerics;

namespace Spectral.Kernels;

/// <summary>Where the points of a transform come from, or go to.</summary>
internal enum FftPort
{
    /// <summary>Complex numbers (or neighbouring reals as such), a fixed stride apart.</summary>
    Complex,

    /// <summary>As <see cref="Complex"/>, each times a root of unity; only for results.</summary>
    Twiddled,

    /// <summary>The half spectrum of a real signal, bins above the last one taken as zero.</summary>
    HalfSpectrum,

    /// <summary>
    /// Samples at regular positions of a circle, zeros between them: real ones, or complex ones where the job
    /// has no real length.
    /// </summary>
    Circle,

    /// <summary>
    /// Bins of both signs in the order 0, 1, −1, 2, −2 …; those beyond the last are zero on the way in and not
    /// wanted on the way out.
    /// </summary>
    Signed,
}

/// <summary>
/// Everything a kernel knows of one batch of transforms. Rows are numbered (outer, inner); all strides
/// and offsets of x and y are in real numbers.
/// </summary>
internal struct FftJob<T> where T : unmanaged, INumber<T>
{
    /// <summary>Outer rows.</summary>
    public int Outer;

    /// <summary>Rows of each outer row; a tile never crosses from one outer row to the next.</summary>
    public int Inner;

    /// <summary>Points of the complex transform.</summary>
    public int Length;

    /// <summary>Length of Bluestein's convolution, or 0.</summary>
    public int Convolution;

    /// <summary>Number of stages.</summary>
    public int Stages;

    /// <summary>
    /// Whether real and imaginary part are exchanged on the way in and on the way out: both make the
    /// forward stages compute an inverse transform.
    /// </summary>
    public int SwapIn, SwapOut;

    /// <summary>Length of the real signal, or 0; an even one is transformed at half its length.</summary>
    public int RealLength;

    /// <summary>Source of the points, an <see cref="FftPort"/>.</summary>
    public int Input;

    /// <summary>Target of the points, an <see cref="FftPort"/>.</summary>
    public int Output;

    /// <summary>Points written to y for each row.</summary>
    public int Results;

    /// <summary>Strides of x: outer row, inner row, point, and from real to imaginary part.</summary>
    public FftStrides From;

    /// <summary>Strides of y.</summary>
    public FftStrides To;

    /// <summary>Bins that there are; those above are zero.</summary>
    public int Bins;

    /// <summary>Position of the first sample on the circle.</summary>
    public int Start;

    /// <summary>Distance of neighbouring samples on the circle.</summary>
    public int Step;

    /// <summary>Number of samples.</summary>
    public int Samples;

    /// <summary>Length of the bias of inner rows, which repeats; or 0.</summary>
    public int BiasLength;

    /// <summary>Offsets in the table.</summary>
    public int Chirp, Spectrum, Roots;

    /// <summary>Factor of every result.</summary>
    public T Scale;

    /// <summary>Constants for rows in lanes.</summary>
    public Signs<T> Signs;

    /// <summary>Tiles of rows in lanes that are read or written together.</summary>
    public int Run;

    /// <summary>Distance of the parts of a point in lanes, which the compiler of a kernel must not know.</summary>
    public int ImaginaryStep;

    /// <summary>
    /// First and last point that is read in pairs of a row, where points may be (last not below first).
    /// </summary>
    public int FirstPair, LastPair;

    /// <summary>Pairs from one point to the next.</summary>
    public int PairStep;

    /// <summary>Whether real and imaginary part of a result, or two samples, are written as one.</summary>
    public int WritesPairs;

    /// <summary>Points that a transform occupies while it is worked on.</summary>
    public readonly int Span => Convolution > 0 ? Convolution : Length;

    /// <summary>Whether there is a real signal at one end.</summary>
    public readonly bool IsReal => RealLength > 0;

    /// <summary>Whether a real signal is packed two samples to a complex point.</summary>
    public readonly bool IsHalved => RealLength > 0 && RealLength % 2 == 0;

    /// <summary>Whether it reads such a signal from samples that follow each other on the circle.</summary>
    internal readonly bool IsPackedRun =>
        Input == (int)FftPort.Circle && IsHalved && Step == 1 && SwapIn == 0 && Convolution == 0;

    /// <summary>Whether points may be read in pairs.</summary>
    internal readonly bool ReadsPairs => LastPair >= FirstPair;

    /// <summary>Whether it writes samples that follow each other on the circle, two to a point.</summary>
    internal readonly bool WritesSamplePairs => WritesPairs != 0 && Output == (int)FftPort.Circle;

    /// <summary>Number of rows.</summary>
    public readonly int Rows => Outer * Inner;

    /// <summary>
    /// Where the real parts of points in lanes start: an inverse transform takes the imaginary parts for them.
    /// </summary>
    internal readonly long FirstPart => SwapIn != 0 ? ImaginaryStep : 0;

    /// <summary>From there to what it takes for imaginary parts.</summary>
    internal readonly long ToImaginary => SwapIn != 0 ? -ImaginaryStep : ImaginaryStep;

    /// <summary>
    /// The same job, told what may be read and written in pairs: neighbours that start at even places, on both sides.
    /// </summary>
    internal readonly FftJob<T> InPairs(bool xIsEven, bool yIsEven)
    {
        var job = this;
        var isComplex = Input == (int)FftPort.Complex && From.Imaginary == 1 && From.Point % 2 == 0;
        var isPacked = IsPackedRun && From.Point == 1 && Start % 2 == 0 && Samples % 2 == 0;
        var reads = xIsEven && (isComplex || isPacked) && Convolution == 0
            && From.Outer % 2 == 0 && From.Inner % 2 == 0;
        job.PairStep = isComplex ? From.Point / 2 : 1;
        (job.FirstPair, job.LastPair) = !reads ? (0, -1)
            : isComplex ? (0, Length - 1)
            : (Start / 2, ((Start + Samples) / 2) - 1);
        var parts = Output != (int)FftPort.Circle && To.Imaginary == 1 && To.Point % 2 == 0;
        var samples = Output == (int)FftPort.Circle && IsHalved && Step == 1 && To.Point == 1
            && Start % 2 == 0 && Results % 2 == 0;
        job.WritesPairs = yIsEven && (parts || samples) && To.Outer % 2 == 0 && To.Inner % 2 == 0 ? 1 : 0;
        return job;
    }

    /// <summary>The same job with the stages and offsets of its tables.</summary>
    internal readonly FftJob<T> With(FftTables tables)
    {
        var job = this;
        job.Stages = tables.Stages.Count;
        job.Chirp = tables.Chirp;
        job.Spectrum = tables.Spectrum;
        job.Roots = tables.RootsAt;
        return job;
    }
}

/// <summary>Distances in memory, in real numbers.</summary>
/// <param name="Outer">Between outer rows.</param>
/// <param name="Inner">Between inner rows.</param>
/// <param name="Point">Between points of a row.</param>
/// <param name="Imaginary">From the real part of a point to the imaginary one.</param>
internal readonly record struct FftStrides(int Outer, int Inner, int Point, int Imaginary);
