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

/// <summary>What a network of band-limited layers discards.</summary>
public static class BandLimits
{
    /// <summary>The band-limited layers of a module, in order.</summary>
    public static IEnumerable<IBandLimited> Of(Module module)
    {
        if (module is IBandLimited layer)
            yield return layer;
        foreach (var child in module.Children.Values)
            foreach (var below in Of(child))
                yield return below;
    }

    /// <summary>Gives every band-limited layer the same band.</summary>
    /// <returns>How many layers there were.</returns>
    public static int SetBand(Module module, Band band)
    {
        var count = 0;
        foreach (var layer in Of(module))
        {
            layer.Band = band;
            count++;
        }

        return count;
    }

    /// <summary>
    /// Share of the stored input spectra, over all band-limited layers, that the last forward pass
    /// discarded: 0 … 1. Zero before the first pass.
    /// </summary>
    public static double AchievedCompression(Module module)
    {
        long kept = 0, all = 0;
        foreach (var layer in Of(module))
        {
            kept += layer.SpectrumElements.Kept;
            all += layer.SpectrumElements.All;
        }

        return all == 0 ? 0 : 1 - (kept / (double)all);
    }
}
