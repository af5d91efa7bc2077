using NUnit.Framework;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests;

public sealed class ImageTransformTests
{
    private static readonly int[] Shape = [2, 5, 7];

    [Test]
    public void ACropIsAShiftWithABlackBorder()
    {
        var seen = new HashSet<(int Down, int Right)>();
        for (ulong stream = 0; stream < 400; stream++)
        {
            var sample = Numbered();
            new RandomCrop(padding: 2).Apply(sample, Shape, new Generator(1, stream));
            var random = new Generator(1, stream);
            var (down, right) = (random.NextInt32(5) - 2, random.NextInt32(5) - 2);
            seen.Add((down, right));
            Assert.That(sample, Is.EqualTo(Shifted(Numbered(), down, right)), $"down {down}, right {right}");
        }
        Assert.That(seen, Has.Count.EqualTo(25), "all places occur");
    }

    [Test]
    public void ACropFartherThanTheImageIsBlack()
    {
        var seen = 0;
        for (ulong stream = 0; stream < 50; stream++)
        {
            var sample = Numbered();
            new RandomCrop(padding: 20).Apply(sample, Shape, new Generator(1, stream));
            var random = new Generator(1, stream);
            var (down, right) = (random.NextInt32(41) - 20, random.NextInt32(41) - 20);
            Assert.That(sample, Is.EqualTo(Shifted(Numbered(), down, right)));
            seen += sample.All(x => x == 0) ? 1 : 0;
        }
        Assert.That(seen, Is.GreaterThan(10));
    }

    [Test]
    public void AFlipMirrorsHalfOfTheImages()
    {
        var mirrored = 0;
        var wanted = Numbered().Chunk(7).SelectMany(row => row.Reverse()).ToArray();
        for (ulong stream = 0; stream < 1000; stream++)
        {
            var sample = Numbered();
            new RandomHorizontalFlip().Apply(sample, Shape, new Generator(3, stream));
            Assert.That(sample, Is.EqualTo(wanted).Or.EqualTo(Numbered()));
            mirrored += sample.AsSpan().SequenceEqual(wanted) ? 1 : 0;
        }
        // 500 give or take four deviations of the binomial distribution.
        Assert.That(mirrored, Is.EqualTo(500).Within(63));
    }

    [Test]
    public void NormalizationShiftsAndScalesEachChannel()
    {
        var sample = Numbered();
        new Normalization([1, 2], [0.5, 4]).Apply(sample, Shape, new Generator(0));
        for (var i = 0; i < sample.Length; i++)
            Assert.That(sample[i], Is.EqualTo(i < 35 ? (i + 1 - 1) / 0.5f : (i + 1 - 2) / 4f));
        Assert.That(() => Normalization.Cifar.Apply(Numbered(), Shape, new Generator(0)),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("2 channels · 3 channels"));
    }

    [Test]
    public void StatisticsAreThoseOfAllPixels()
    {
        // Channel 0 holds 0 and 255 in equal parts, channel 1 a constant.
        var images = new ImageDataset([0, 255, 51, 51, 255, 0, 51, 51], [2, 1, 2], [0, 0], ["a"]);
        Assert.That(Normalization.Of(images), Is.EqualTo(new Normalization([0.5, 0.2], [0.5, 1])));
    }

    [Test]
    public void ARoundTripOfAModelSpecKeepsTheConstants()
    {
        var spec = new ModelSpec("fcn", [1, 8], ["a", "b"], "full", FftSizePolicy.Minimal, DType.Float32, [])
        {
            Normalization = Normalization.Cifar,
        };
        Assert.That(ModelSpec.FromJson(spec.ToJson()).Normalization, Is.EqualTo(Normalization.Cifar));
        var none = spec with { Normalization = null };
        Assert.That(ModelSpec.FromJson(none.ToJson()).Normalization, Is.Null);
    }

    [Test]
    public void RefusesWhatCannotBe()
    {
        Assert.That(() => new RandomCrop(-1), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => new RandomHorizontalFlip(1.5), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => new RandomCrop().Apply(new float[4], [1, 4], new Generator(0)),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("images"));
        Assert.That(() => new ImageDataset(new byte[5], [1, 1, 2], [0, 0], ["a"]),
            Throws.TypeOf<InvalidInputException>());
        Assert.That(() => new ImageDataset(new byte[4], [1, 2], [0, 0], ["a"]),
            Throws.TypeOf<InvalidInputException>());
    }

    // 1, 2, 3 …: no pixel is black.
    private static float[] Numbered() => [.. Enumerable.Range(1, 70).Select(i => (float)i)];

    private static float[] Shifted(float[] image, int down, int right)
    {
        var result = new float[image.Length];
        for (var c = 0; c < 2; c++)
            for (var y = 0; y < 5; y++)
                for (var x = 0; x < 7; x++)
                    if (y - down is >= 0 and < 5 && x - right is >= 0 and < 7)
                        result[(c * 35) + (y * 7) + x] = image[(c * 35) + ((y - down) * 7) + x - right];
        return result;
    }
}
