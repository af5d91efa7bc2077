using NUnit.Framework;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests;

public sealed class CifarFormatTests
{
    private const int ImageBytes = 3072;

    [Test]
    public void ReadsTheBatchesOfCifar10InTheirOrder()
    {
        using var folder = Cifar10();
        var split = DataSource.Open(folder.Root);
        var train = (ImageDataset)split.Train;
        Assert.Multiple(() =>
        {
            Assert.That(split.Name, Is.EqualTo("cifar10"));
            Assert.That(train.Labels, Is.EqualTo(new[] { 1, 2, 2, 3, 3, 4, 4, 5, 5, 6 }));
            Assert.That(train.ClassNames[9], Is.EqualTo("truck"));
            Assert.That(train.Pixels.Chunk(ImageBytes).Select(image => image[^1]),
                Is.EqualTo(new byte[] { 1, 2, 2, 3, 3, 4, 4, 5, 5, 6 }));
            Assert.That(split.Test.Labels, Is.EqualTo(new[] { 9 }));
            Assert.That(split.Test.SampleShape, Is.EqualTo(new[] { 3, 32, 32 }));
            Assert.That(split.Normalization, Is.EqualTo(Normalization.Cifar));
        });
    }

    [Test]
    public void ReadsTheFineLabelsOfCifar100()
    {
        using var folder = new DataFolder()
            .With("train.bin", [.. Record(7, 19), .. Record(7, 99)]).With("test.bin", Record(3, 0));
        var split = DataSource.Open(folder.Root);
        Assert.That(split.Train.Labels, Is.EqualTo(new[] { 19, 99 }));
        Assert.That(split.Test.Labels, Is.EqualTo(new[] { 0 }));
        Assert.That(split.Train.ClassNames, Has.Length.EqualTo(100).And.Contains("99"));

        folder.With("fine_label_names.txt", string.Concat(Enumerable.Range(0, 100).Select(i => $"class {i}\n")));
        Assert.That(DataSource.Open(folder.Root).Train.ClassNames[99], Is.EqualTo("class 99"));
        folder.With("fine_label_names.txt", "apple\n");
        Refuses(folder, "fine_label_names.txt", "1 class names · 100");
    }

    [Test]
    public void RefusesBatchesThatAreCutOffMissingOrOfOtherLabels()
    {
        using var cut = Cifar10().With("data_batch_3.bin", Record(3)[..^1]);
        Refuses(cut, "data_batch_3.bin", "3072 bytes, which are not whole records");
        using var empty = Cifar10().With("test_batch.bin", "");
        Refuses(empty, "test_batch.bin", "0 bytes");
        using var missing = Cifar10();
        File.Delete(missing["data_batch_5.bin"]);
        Refuses(missing, "data", "lacks data_batch_5.bin");
        using var label = Cifar10().With("data_batch_2.bin", [.. Record(1), .. Record(10)]);
        Refuses(label, "data_batch_2.bin", "the label 10 in record 1");
    }

    private static DataFolder Cifar10()
    {
        var folder = new DataFolder().With("test_batch.bin", Record(9));
        for (byte i = 1; i <= 5; i++)
            folder.With($"data_batch_{i}.bin", [.. Record(i), .. Record((byte)(i + 1))]);
        return folder;
    }

    // The image is filled with the last label.
    private static byte[] Record(params byte[] labels) =>
        [.. labels, .. Enumerable.Repeat(labels[^1], ImageBytes)];

    private static void Refuses(DataFolder folder, string where, string what)
    {
        var error = Assert.Throws<DataFormatException>(() => DataSource.Open(folder.Root))!;
        Assert.That(error.Operation, Is.EqualTo(where));
        Assert.That(error.Message, Does.Contain(what).And.Not.Contain("\n"));
    }
}
