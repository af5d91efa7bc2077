using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Shifts and scales each channel: <c>(x − mean) / std</c>. Constants of the training set, kept with a
/// trained model so that whatever it sees later is treated alike. The last transform of a loader: those
/// before it see values 0 … 1.
/// </summary>
/// <param name="Mean">Mean of each channel.</param>
/// <param name="Std">Standard deviation of each channel, above 0.</param>
public sealed record Normalization(double[] Mean, double[] Std) : ISampleTransform
{
    private const int Digits = 4;

    /// <summary>
    /// The constants with which Dziedzic and others (2019) normalise CIFAR-10 and CIFAR-100.
    /// </summary>
    public static Normalization Cifar { get; } = new([0.4914, 0.4822, 0.4465], [0.2023, 0.1994, 0.2010]);

    /// <summary>
    /// Mean and (population) standard deviation of each channel, rounded to four decimals; a channel without
    /// any variation is not scaled.
    /// </summary>
    /// <param name="images">The training images.</param>
    public static Normalization Of(ImageDataset images)
    {
        var channels = images.SampleShape[0];
        var plane = images.SampleSize / channels;
        var (mean, std) = (new double[channels], new double[channels]);
        for (var c = 0; c < channels; c++)
        {
            // Whole numbers: exact, so that the result is the same everywhere.
            long sum = 0, squares = 0;
            for (var i = 0; i < images.Count; i++)
            {
                foreach (var pixel in images.Pixels.AsSpan((i * images.SampleSize) + (c * plane), plane))
                {
                    sum += pixel;
                    squares += pixel * pixel;
                }
            }
            var count = (double)images.Count * plane;
            var average = sum / count;
            var deviation = Math.Sqrt(Math.Max(0, (squares / count) - (average * average)));
            mean[c] = Math.Round(average / 255, Digits);
            std[c] = Math.Round(deviation / 255, Digits) is var rounded and > 0 ? rounded : 1;
        }
        return new Normalization(mean, std);
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, ReadOnlySpan<int> shape, Generator random)
    {
        Throw.Unless(
            shape[0] == Mean.Length && Std.Length == Mean.Length, nameof(Normalization),
            $"samples of {shape[0]} channels", $"{Mean.Length} channels, as in the training",
            "use data of the same kind");
        var plane = sample.Length / shape[0];
        for (var c = 0; c < shape[0]; c++)
        {
            var (mean, std) = ((float)Mean[c], (float)Std[c]);
            var channel = sample.Slice(c * plane, plane);
            var vectors = MemoryMarshal.Cast<float, Vector<float>>(channel);
            for (var i = 0; i < vectors.Length; i++)
                vectors[i] = (vectors[i] - new Vector<float>(mean)) / new Vector<float>(std);
            for (var i = vectors.Length * Vector<float>.Count; i < channel.Length; i++)
                channel[i] = (channel[i] - mean) / std;
        }
    }

    /// <summary>True for the same constants.</summary>
    public bool Equals(Normalization? other) =>
        other is not null && Mean.AsSpan().SequenceEqual(other.Mean) && Std.AsSpan().SequenceEqual(other.Std);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Mean.FirstOrDefault(), Std.FirstOrDefault());

    /// <summary>The constants, as messages show them.</summary>
    public override string ToString() => $"mean {Text(Mean)}, std {Text(Std)}";

    private static string Text(double[] values) =>
        string.Join('/', values.Select(value => value.ToString("0.####", CultureInfo.InvariantCulture)));
}
