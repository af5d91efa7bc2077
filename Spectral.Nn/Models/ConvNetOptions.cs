using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>For which size of images a network is laid out.</summary>
public enum ModelLayout
{
    /// <summary>About 32×32, as the band-limited original lays it out.</summary>
    Cifar,

    /// <summary>About 224×224, as torchvision lays it out.</summary>
    ImageNet,
}

/// <summary>What the networks for images have in common.</summary>
public sealed record ConvNetOptions
{
    /// <summary>Channels of the images: 1 for grey, 3 for colour.</summary>
    public int InChannels { get; init; } = 3;

    /// <summary>Band of every band-limited convolution.</summary>
    public Band Band { get; init; } = Band.Full;

    /// <summary>How FFT lengths are chosen.</summary>
    public FftSizePolicy FftSize { get; init; } = FftSizePolicy.Minimal;

    /// <summary>
    /// Whether 1×1 convolutions are band-limited too; null leaves it to the model, which does as the original.
    /// </summary>
    public bool? BandLimitPointwise { get; init; }

    /// <summary>Float32 or Float64.</summary>
    public DType DType { get; init; } = DType.Float32;

    /// <summary>Device; null takes <see cref="ComputeDevice.Default"/>.</summary>
    public ComputeDevice? Device { get; init; }

    /// <summary>Source of the initial values; null takes <see cref="Generator.Default"/>.</summary>
    public Generator? Generator { get; init; }
}
