using NUnit.Framework;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests;

public sealed class ShapesTests
{
    // 2×2 pixels in each corner, which no shape reaches.
    private static readonly int[] Corners =
        [0, 1, 28, 29, 26, 27, 54, 55, 728, 729, 756, 757, 754, 755, 782, 783];

    private const uint Pinned = 3466799912;

    [Test]
    public void IsBalancedAndTheSameOnEveryPlatform()
    {
        var split = DataSource.Open("shapes");
        var train = (ImageDataset)split.Train;
        Assert.Multiple(() =>
        {
            Assert.That(train.SampleShape, Is.EqualTo(new[] { 1, 28, 28 }));
            Assert.That((train.Count, split.Test.Count), Is.EqualTo((1200, 600)));
            Assert.That(train.Labels.CountBy(label => label).Select(c => c.Value), Has.All.EqualTo(200));
            Assert.That(split.Normalization, Is.EqualTo(Normalization.Of(train)));
            Assert.That(train.Pixels.Aggregate(17u, (hash, x) => (hash * 31) + x), Is.EqualTo(Pinned));
            Assert.That(((ImageDataset)Shapes.Create(train: 12).Train).Pixels,
                Is.EqualTo(train.Pixels[..(12 * 784)]), "an image does not depend on how many there are");
            Assert.That(((ImageDataset)split.Test).Pixels[..784], Is.Not.EqualTo(train.Pixels[..784]));
        });
        Assert.That(() => Shapes.Create(test: 0), Throws.TypeOf<InvalidInputException>());
    }

    [Test]
    public void TheShapesHaveTheAreasOfTheirFormulas()
    {
        var areas = Areas();
        Assert.Multiple(() =>
        {
            Assert.That(areas["circle"], Is.EqualTo(Math.PI).Within(0.15));
            Assert.That(areas["ring"], Is.EqualTo(Math.PI * (1 - 0.36)).Within(0.15));
            Assert.That(areas["square"], Is.EqualTo(2.56).Within(0.15));
            Assert.That(areas["frame"], Is.EqualTo(2.56 - 1).Within(0.15));
            Assert.That(areas["triangle"], Is.EqualTo(3 * Math.Sqrt(3) / 4).Within(0.15));
            Assert.That(areas["cross"], Is.EqualTo(2.4 - 0.36).Within(0.15));
        });
    }

    // The mean of what a shape adds to its ground is its area times the means of (a - b) and of r².
    private static Dictionary<string, double> Areas()
    {
        const double contrast = 0.75 - 0.2, squareOfSize = (1000.0 - 216) / (3 * 4);
        var data = (ImageDataset)Shapes.Create(train: 6000, test: 6).Train;
        var areas = data.ClassNames.ToDictionary(name => name, _ => 0.0);
        for (var i = 0; i < data.Count; i++)
        {
            var image = data.Pixels.AsSpan(i * 784, 784).ToArray();
            var ground = Corners.Average(corner => image[corner]);
            areas[data.ClassNames[data.Labels[i]]] += image.Sum(x => x - ground) / 255;
        }
        return areas.ToDictionary(a => a.Key, a => a.Value / 1000 / (contrast * squareOfSize));
    }
}
