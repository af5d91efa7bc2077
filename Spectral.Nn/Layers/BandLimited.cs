using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Makes the convolutions of an existing network band-limited, or direct again. Parameters stay the same
/// objects under the same keys, so optimisers and checkpoints of one serve the other.
/// </summary>
public static class BandLimited
{
    /// <summary>
    /// Switches every <see cref="Conv1d"/> and <see cref="Conv2d"/> of a network to the compressed frequency
    /// domain; those that compute there already get the band too.
    /// </summary>
    /// <param name="module">The network, or a layer.</param>
    /// <param name="band">How much of the spectrum is kept.</param>
    /// <param name="fftSize">How FFT lengths are chosen.</param>
    /// <param name="skip">
    /// Which layers to leave as they are, by dotted name and layer, such as
    /// <c>(name, layer) => layer is Conv2d { Weight: var w } &amp;&amp; w.Shape[2] == 1</c>; null for none.
    /// </param>
    /// <returns>How many layers were switched or given the band.</returns>
    public static int Convert(
        Module module, Band band, FftSizePolicy fftSize = FftSizePolicy.Minimal,
        Func<string, Module, bool>? skip = null) =>
        Each(module, skip, layer => layer.LimitTo(band, fftSize));

    /// <summary>Switches every <see cref="Conv1d"/> and <see cref="Conv2d"/> to computing directly.</summary>
    /// <param name="module">The network, or a layer.</param>
    /// <param name="skip">Which layers to leave as they are, by dotted name and layer; null for none.</param>
    /// <returns>How many convolutions compute directly that were not skipped.</returns>
    public static int ConvertToDirect(Module module, Func<string, Module, bool>? skip = null) =>
        Each(module, skip, layer => layer.ComputeDirectly());

    private static int Each(
        Module module, Func<string, Module, bool>? skip, Action<ConvLayer> action, string name = "")
    {
        var count = 0;
        if (module is ConvLayer layer && skip?.Invoke(name, module) != true)
        {
            action(layer);
            count++;
        }

        foreach (var (key, child) in module.Children)
            count += Each(child, skip, action, name.Length == 0 ? key : $"{name}.{key}");
        return count;
    }
}
