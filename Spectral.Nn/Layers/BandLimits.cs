using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>The bands of all band-limited layers of a network, and what they discard.</summary>
public static class BandLimits
{
    // A sentence that names more layers than this is not read.
    private const int NamesShown = 24;

    /// <summary>The band-limited layers of a module, in order.</summary>
    public static IEnumerable<IBandLimited> Of(Module module) => Named(module).Select(n => n.Layer);

    /// <summary>The band-limited layers of a module with their dotted names, in order.</summary>
    public static IEnumerable<(string Name, IBandLimited Layer)> Named(Module module) => Named(module, "");

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

    /// <summary>Gives each band-limited layer a band of its own.</summary>
    /// <param name="module">The network.</param>
    /// <param name="bands">As many bands as <see cref="Of"/> finds layers, in that order.</param>
    /// <exception cref="InvalidInputException">Another number of bands; the message names the layers.</exception>
    public static void SetBands(Module module, IReadOnlyList<Band> bands)
    {
        var layers = Named(module).ToList();
        var rest = layers.Count > NamesShown ? $" and {layers.Count - NamesShown} more" : "";
        Throw.Unless(bands.Count == layers.Count, "rates", $"{bands.Count} of them",
            $"{layers.Count}, one for each band-limited layer: "
            + string.Join(", ", layers.Take(NamesShown).Select(l => l.Name)) + rest,
            "give as many, or one for all");
        for (var i = 0; i < bands.Count; i++)
            layers[i].Layer.Band = bands[i];
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

    /// <summary>What limits a layer, or null: a convolution counts as what it was switched to.</summary>
    internal static IBandLimited? LimitOf(Module? module) => module is ConvLayer conv
        ? conv.Limit is null ? null : conv as IBandLimited ?? conv.Limit
        : module as IBandLimited;

    private static IEnumerable<(string Name, IBandLimited Layer)> Named(Module module, string name)
    {
        if (LimitOf(module) is { } layer)
            yield return (name, layer);
        foreach (var (key, child) in module.Children)
            foreach (var below in Named(child, name.Length == 0 ? key : $"{name}.{key}"))
                yield return below;
    }
}
