using Spectral.Nn;

namespace Spectral.Cli;

/// <summary>The random changes of training images that can be named.</summary>
internal enum Augmentation
{
    Auto,
    None,
    Flip,
    CropFlip,
}

/// <summary>What happens to samples on their way into a batch.</summary>
internal static class SampleTransforms
{
    private static readonly int[] CifarShape = [3, 32, 32];

    /// <summary>In training: augmentation, then normalisation.</summary>
    internal static IReadOnlyList<ISampleTransform> OfTraining(Augmentation augmentation, DataSplit data) =>
        Resolve(augmentation, data) switch
        {
            Augmentation.Flip => [new RandomHorizontalFlip(), .. OfTest(data.Normalization)],
            Augmentation.CropFlip =>
                [new RandomCrop(padding: 4), new RandomHorizontalFlip(), .. OfTest(data.Normalization)],
            _ => OfTest(data.Normalization),
        };

    /// <summary>In a test: the normalisation of the training and nothing else.</summary>
    internal static IReadOnlyList<ISampleTransform> OfTest(Normalization? normalization) =>
        normalization is null ? [] : [normalization];

    /// <summary>
    /// What <see cref="Augmentation.Auto"/> means for these data. Digits, for one, must not be mirrored, so
    /// that only images known as CIFAR's are changed without being asked for.
    /// </summary>
    /// <exception cref="UsageException">Series are to be mirrored.</exception>
    internal static Augmentation Resolve(Augmentation augmentation, DataSplit data)
    {
        var shape = data.Train.SampleShape;
        if (augmentation == Augmentation.Auto)
        {
            return shape.AsSpan().SequenceEqual(CifarShape) && data.Normalization == Normalization.Cifar
                ? Augmentation.CropFlip
                : Augmentation.None;
        }
        return augmentation == Augmentation.None || shape.Length == 3
            ? augmentation
            : throw new UsageException("--augment", $"'{NameOf(augmentation)}' for series", "auto or none",
                "leave the option out");
    }

    /// <summary>As it is written on the command line.</summary>
    internal static string NameOf(Augmentation augmentation) => augmentation switch
    {
        Augmentation.CropFlip => "crop-flip",
        _ => augmentation.ToString().ToLowerInvariant(),
    };
}
