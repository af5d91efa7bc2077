using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>A layer that works on a part of the spectrum.</summary>
public interface IBandLimited
{
    /// <summary>How much of the spectrum is kept; may be changed at any time, also after loading.</summary>
    Band Band { get; set; }

    /// <summary>How the FFT length is chosen.</summary>
    FftSizePolicy FftSize { get; set; }

    /// <summary>How it is computed; null for the cheapest way.</summary>
    ConvMethod? Method { get; set; }

    /// <summary>The plan of the last forward pass (with groups, of the last group); null before the first.</summary>
    BandConvPlan? LastPlan { get; }

    /// <summary>Stored spectrum elements of one sample's input, kept and in all, at the last forward pass.</summary>
    (long Kept, long All) SpectrumElements => LastPlan is { } plan
        ? ((long)plan.Frequencies * plan.Shape.C, (long)plan.AllFrequencies * plan.Shape.C)
        : (0, 0);
}
