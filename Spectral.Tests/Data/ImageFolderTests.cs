using NUnit.Framework;
using Spectral.Nn;

namespace Spectral.Tests;

public sealed class ImageFolderTests
{
    [Test]
    public void ReadsFoldersInTheOrderOfClassAndName()
    {
        using var folder = new DataFolder()
            .With("train/dog/b.png", ImageBytes.Png(3, 2, 3, 20))
            .With("train/dog/a.PNG", ImageBytes.Png(3, 2, 3, 10))
            .With("train/cat/z.png", ImageBytes.Png(3, 2, 3, 30)).With("train/.hidden/x.txt", "no class")
            .With("train/cat/.DS_Store", "no image").With("test/dog/c.png", ImageBytes.Png(3, 2, 3, 40));
        var split = DataSource.Open(folder.Root);
        var train = (ImageDataset)split.Train;
        Assert.Multiple(() =>
        {
            Assert.That(split.Name, Is.EqualTo(Path.GetFileName(folder.Root)));
            Assert.That(train.SampleShape, Is.EqualTo(new[] { 3, 2, 3 }));
            Assert.That(train.ClassNames, Is.EqualTo(new[] { "cat", "dog" }));
            Assert.That(train.Labels, Is.EqualTo(new[] { 0, 1, 1 }));
            Assert.That(train.Pixels.Chunk(18).Select(image => image[5]), Is.EqualTo(new[] { 30, 10, 20 }));
            Assert.That(split.Test.Labels, Is.EqualTo(new[] { 1 }));
            Assert.That(((ImageDataset)split.Test).Pixels, Is.EqualTo(Enumerable.Repeat((byte)40, 18)));
            // 10, 20 and 30 of 255: mean 20, deviation 8.165.
            Assert.That(split.Normalization, Is.EqualTo(
                new Normalization([0.0784, 0.0784, 0.0784], [0.032, 0.032, 0.032])));
        });
    }

    [Test]
    public void ReadsZips()
    {
        var jpeg = ImageBytes.Golden("jpeg-444");
        using var folder = new DataFolder()
            .WithZip(
                "train.zip", ("9/", []), ("9/1.jpg", jpeg), ("10/2.jpeg", jpeg), ("__MACOSX/9/._1.jpg", [0]))
            .WithZip("test.zip", ("10/1.jpg", jpeg));
        var split = DataSource.Open(folder.Root);
        Assert.That(split.Train.ClassNames, Is.EqualTo(new[] { "9", "10" }));
        Assert.That(split.Train.Labels, Is.EqualTo(new[] { 1, 0 }), "folders by code point");
        Assert.That(split.Test.Labels, Is.EqualTo(new[] { 1 }));

        // Channels first: the planes of the sample are the channels of the decoded image.
        var (_, pixels) = ImageDecoder.Decode("jpeg-444", jpeg);
        var sample = new float[3 * 12 * 18];
        split.Train.CopySample(1, sample);
        for (var i = 0; i < sample.Length; i++)
            Assert.That(sample[i], Is.EqualTo(pixels[(i % 216 * 3) + (i / 216)] / 255f));
    }

    [Test]
    public void KnowsImagesOfCifarByTheirClassesAndSize()
    {
        using var folder = new DataFolder();
        foreach (var name in CifarFormat.ClassNames10)
            folder.With($"train/{name}/1.png", ImageBytes.Png(3, 32, 32));
        folder.With("test/frog/1.png", ImageBytes.Png(3, 32, 32));
        Assert.That(DataSource.Open(folder.Root).Normalization, Is.EqualTo(Normalization.Cifar));

        folder.With("train/zebra/1.png", ImageBytes.Png(3, 32, 32));
        Assert.That(DataSource.Open(folder.Root).Normalization, Is.Not.EqualTo(Normalization.Cifar));
    }

    [Test]
    public void ManyImagesAreReadChunkByChunk()
    {
        // More than are held in memory at once, each with a value of its own.
        const int count = 5000;
        using var folder = new DataFolder()
            .WithZip("train.zip", [.. Enumerable.Range(0, count).Select(
                i => ($"{i % 2}/{i:D5}.png", ImageBytes.Png(1, 1, 1, (byte)(i * 7))))])
            .WithZip("test.zip", ("0/1.png", ImageBytes.Png(1, 1, 1)));
        var train = (ImageDataset)DataSource.Open(folder.Root).Train;
        var wanted = Enumerable.Range(0, count).OrderBy(i => i % 2).Select(i => (byte)(i * 7));
        Assert.That(train.Pixels, Is.EqualTo(wanted));
    }
}
