using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// The fully convolutional network for time series (Wang, Yan and Oates 2017) as the band-limited original
/// builds it: convolutions of lengths 8, 5 and 3, each with batch norm and ReLU, the mean over time, a linear
/// layer. Each convolution is padded by its length less one on both sides, one more on the right where the
/// length is even, so that series of any length fit. Input [N, C, L], output logits [N, classes].
/// </summary>
public sealed class Fcn : Module
{
    private static readonly int[] KernelSizes = [8, 5, 3];

    private readonly Sequential _features;
    private readonly Linear _classifier;

    /// <summary>Makes the network and draws its initial weights.</summary>
    /// <param name="inChannels">Channels of the series.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="band">Band of every convolution; null keeps the full spectrum.</param>
    /// <param name="fftSize">How FFT lengths are chosen.</param>
    /// <param name="width">Filters of the three convolutions.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <param name="device">Device; null takes <see cref="ComputeDevice.Default"/>.</param>
    /// <param name="generator">Source of the initial values; null takes <see cref="Generator.Default"/>.</param>
    public Fcn(
        int inChannels, int classes, Band? band = null, FftSizePolicy fftSize = FftSizePolicy.Minimal,
        FcnWidth width = FcnWidth.Standard, DType dtype = DType.Float32, ComputeDevice? device = null,
        Generator? generator = null)
    {
        var narrow = 1 << (int)width;
        int[] filters = [narrow, 2 * narrow, narrow];
        var layers = new List<(string, Module)>();
        for (var i = 0; i < filters.Length; i++)
        {
            var (kernel, channels) = (KernelSizes[i], i == 0 ? inChannels : filters[i - 1]);
            var after = kernel % 2 == 0 ? kernel : kernel - 1;
            layers.Add(($"conv{i + 1}", new BandLimitedConv1d(
                channels, filters[i], kernel, padding: kernel - 1, paddingAfter: after, band: band,
                fftSize: fftSize, dtype: dtype, device: device, generator: generator)));
            layers.Add(($"bn{i + 1}", new BatchNorm1d(filters[i], dtype: dtype, device: device)));
            layers.Add(($"relu{i + 1}", new Relu()));
        }

        _features = RegisterModule("features", new Sequential([.. layers]));
        _classifier = RegisterModule("classifier", new Linear(
            narrow, classes, dtype: dtype, device: device, generator: generator));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        Throw.Unless(x.Rank == 3, nameof(Fcn), $"an input {x.Shape}", "[batch, channels, length]",
            "reshape the series");
        using var features = _features.Forward(x);
        using var means = Ops.GlobalAvgPool(features, keepAxes: false);
        return _classifier.Forward(means);
    }
}
