using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>The models that can be made by name.</summary>
public static class ModelZoo
{
    private static readonly OrderedDictionary<string, Builder> Builders = new(StringComparer.OrdinalIgnoreCase)
    {
        ["fcn"] = FcnOf(FcnWidth.Standard),
        ["fcn-medium"] = FcnOf(FcnWidth.Medium),
        ["fcn-small-medium"] = FcnOf(FcnWidth.SmallMedium),
        ["fcn-small"] = FcnOf(FcnWidth.Small),
        ["fcn-very-small"] = FcnOf(FcnWidth.VerySmall),
        ["fcn-tiny"] = FcnOf(FcnWidth.Tiny),
        ["fcn-very-tiny"] = FcnOf(FcnWidth.VeryTiny),
        ["fcn-micro"] = FcnOf(FcnWidth.Micro),
    };

    private delegate Module Builder(ModelSpec spec, Band band, ComputeDevice device, Generator generator);

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names => [.. Builders.Keys];

    /// <summary>Refuses a name that no model has.</summary>
    /// <exception cref="InvalidInputException">No model has it.</exception>
    public static void CheckName(string name) => Throw.Unless(
        Builders.ContainsKey(name), "model", $"'{name}'", string.Join(", ", Names), "choose one of these");

    /// <summary>Builds a model with fresh weights.</summary>
    /// <param name="spec">What to build.</param>
    /// <param name="device">Device of the parameters.</param>
    /// <param name="generator">Source of the initial values.</param>
    /// <exception cref="InvalidInputException">Unknown name, or a data shape the model does not take.</exception>
    public static Module Create(ModelSpec spec, ComputeDevice device, Generator generator)
    {
        CheckName(spec.Name);
        var model = Builders[spec.Name](spec, Band.Parse(spec.Band), device, generator);
        if (spec.LayerBands.Length > 0)
            SetLayerBands(model, spec.LayerBands);
        return model;
    }

    private static Builder FcnOf(FcnWidth width) => (spec, band, device, generator) =>
    {
        Throw.Unless(spec.InputShape.Length == 2, spec.Name,
            $"samples of shape [{string.Join(", ", spec.InputShape)}]", "series [channels, length]",
            "choose a model for images");
        return new Fcn(
            spec.InputShape[0], spec.ClassNames.Length, band, spec.FftSize, width, spec.DType, device, generator);
    };

    private static void SetLayerBands(Module model, string[] bands)
    {
        IBandLimited[] layers = [.. BandLimits.Of(model)];
        Throw.Unless(bands.Length == layers.Length, "rates", $"{bands.Length} rates",
            $"{layers.Length}, one for each band-limited layer of the model", "give as many, or one --rate");
        for (var i = 0; i < bands.Length; i++)
            layers[i].Band = Band.Parse(bands[i]);
    }
}
