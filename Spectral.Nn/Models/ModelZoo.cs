using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>The models that can be made by name.</summary>
public static class ModelZoo
{
    private static readonly OrderedDictionary<string, Entry> Entries = new(StringComparer.OrdinalIgnoreCase)
    {
        ["fcn"] = FcnOf(FcnWidth.Standard),
        ["fcn-medium"] = FcnOf(FcnWidth.Medium),
        ["fcn-small-medium"] = FcnOf(FcnWidth.SmallMedium),
        ["fcn-small"] = FcnOf(FcnWidth.Small),
        ["fcn-very-small"] = FcnOf(FcnWidth.VerySmall),
        ["fcn-tiny"] = FcnOf(FcnWidth.Tiny),
        ["fcn-very-tiny"] = FcnOf(FcnWidth.VeryTiny),
        ["fcn-micro"] = FcnOf(FcnWidth.Micro),
        ["lenet"] = ImagesOf((classes, size, options) => new LeNet(classes, size, options: options)),
        ["resnet18"] = ImagesOf((classes, _, options) => ResNet.ResNet18(classes, options: options)),
        ["resnet34"] = ImagesOf((classes, _, options) => ResNet.ResNet34(classes, options: options)),
        ["resnet50"] = ImagesOf((classes, _, options) => ResNet.ResNet50(classes, options: options)),
        ["densenet121"] = ImagesOf((classes, _, options) => DenseNet.DenseNet121(classes, options: options)),
        ["vgg11"] = ImagesOf((classes, _, options) => Vgg.Vgg11(classes, options: options)),
        ["vgg13"] = ImagesOf((classes, _, options) => Vgg.Vgg13(classes, options: options)),
        ["vgg16"] = ImagesOf((classes, _, options) => Vgg.Vgg16(classes, options: options)),
    };

    private delegate Module Builder(ModelSpec spec, Band band, ComputeDevice device, Generator generator);

    // Axes of a sample that a model takes.
    private enum InputKind
    {
        Series = 2,
        Images = 3,
    }

    private sealed record Entry(InputKind Input, Builder Build);

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names => [.. Entries.Keys];

    /// <summary>Refuses a name that no model has.</summary>
    /// <exception cref="InvalidInputException">No model has it.</exception>
    public static void CheckName(string name) => Throw.Unless(
        Entries.ContainsKey(name), "model", $"'{name}'", string.Join(", ", Names), "choose one of these");

    /// <summary>Refuses samples that a model does not take: images for a model of series, or the reverse.</summary>
    /// <param name="name">Name of the model.</param>
    /// <param name="sampleShape">Shape of one sample: [channels, length] or [channels, height, width].</param>
    /// <exception cref="InvalidInputException">Unknown name, or another kind of sample.</exception>
    public static void CheckInput(string name, IReadOnlyList<int> sampleShape)
    {
        CheckName(name);
        var wanted = Entries[name].Input;
        var others = Entries.Where(e => (int)e.Value.Input == sampleShape.Count).Select(e => e.Key);
        Throw.Unless(sampleShape.Count == (int)wanted, "model",
            $"'{name}' for samples of {string.Join('×', sampleShape)}",
            wanted == InputKind.Series ? "series (channels×length)" : "images (channels×height×width)",
            $"choose other data, or a model for these: {string.Join(", ", others.DefaultIfEmpty("none"))}");
    }

    /// <summary>Builds a model with fresh weights.</summary>
    /// <param name="spec">What to build.</param>
    /// <param name="device">Device of the parameters.</param>
    /// <param name="generator">Source of the initial values.</param>
    /// <exception cref="InvalidInputException">Unknown name, or a data shape the model does not take.</exception>
    public static Module Create(ModelSpec spec, ComputeDevice device, Generator generator)
    {
        CheckInput(spec.Name, spec.InputShape);
        var model = Entries[spec.Name].Build(spec, Band.Parse(spec.Band), device, generator);
        if (spec.LayerBands.Length > 0)
            BandLimits.SetBands(model, [.. spec.LayerBands.Select(Band.Parse)]);
        return model;
    }

    private static Entry FcnOf(FcnWidth width) => new(
        InputKind.Series, (spec, band, device, generator) => new Fcn(
            spec.InputShape[0], spec.ClassNames.Length, band, spec.FftSize, width, spec.DType, device, generator));

    private static Entry ImagesOf(Func<int, (int H, int W), ConvNetOptions, Module> build) => new(
        InputKind.Images, (spec, band, device, generator) => build(
            spec.ClassNames.Length, (spec.InputShape[1], spec.InputShape[2]), new ConvNetOptions
            {
                InChannels = spec.InputShape[0],
                Band = band,
                FftSize = spec.FftSize,
                DType = spec.DType,
                Device = device,
                Generator = generator,
            }));
}
