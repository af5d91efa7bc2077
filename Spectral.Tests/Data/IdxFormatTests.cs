using System.Buffers.Binary;
using System.IO.Compression;
using NUnit.Framework;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests;

public sealed class IdxFormatTests
{
    private const string Images = "train-images-idx3-ubyte";
    private const string Labels = "train-labels-idx1-ubyte";

    [Test]
    public void ReadsFilesPackedOrNot([Values] bool packed)
    {
        using var folder = new DataFolder();
        foreach (var (name, content) in Files())
            folder.With(packed ? name + ".gz" : name, packed ? Pack(content) : content);
        var split = DataSource.Open(folder.Root);
        var train = (ImageDataset)split.Train;
        Assert.Multiple(() =>
        {
            Assert.That(train.SampleShape, Is.EqualTo(new[] { 1, 2, 3 }));
            Assert.That(train.Pixels, Is.EqualTo(Enumerable.Range(0, 18).Select(i => (byte)i)));
            Assert.That(train.ClassNames, Is.EqualTo(new[] { "2", "7" }));
            Assert.That(train.Labels, Is.EqualTo(new[] { 1, 0, 1 }));
            Assert.That(split.Test.Labels, Is.EqualTo(new[] { 0 }));
            // 0 … 17 of 255: mean 8.5, deviation 5.188.
            Assert.That(split.Normalization, Is.EqualTo(new Normalization([0.0333], [0.0203])));
        });
    }

    [Test]
    public void RefusesFilesThatAreDamagedOrDoNotBelongTogether()
    {
        Refuses(Images, Idx([3, 2, 3], 18, type: 0x0D), "the magic number 0x00000D03 · 0x00000803");
        Refuses(Images, Idx([18], 18), "the magic number 0x00000801");
        Refuses(Images, Idx([3, 2, 3], 18)[..^1], "17 values · 18 as the header says: 3×2×3");
        Refuses(Images, [.. Idx([3, 2, 3], 18), 0], "19 values");
        Refuses(Images, [0, 0, 8, 3, 0], "5 bytes · 16 bytes of header");
        Refuses(Images, Idx([3, -1, 3], 18), "the size -1 of axis 1");
        Refuses(Images, Idx([int.MaxValue, 2, 3], 18), "the size 2147483647");
        Refuses(Labels, Idx([2], 2), "2 labels · one for each of the 3 images");
        Refuses("t10k-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 1, 5], "the label 5 of image 0");
        Refuses("t10k-images-idx3-ubyte", Idx([1, 3, 2], 6), "images of 3×2 · those of train-images");
    }

    [Test]
    public void RefusesGzipThatIsCutOffAnywhereOrDamaged()
    {
        var packed = Pack(Idx([3, 2, 3], 18));
        using var folder = new DataFolder();
        foreach (var (name, content) in Files().Where(file => file.Name != Images))
            folder.With(name, content);
        for (var length = 0; length < packed.Length; length++)
        {
            folder.With(Images + ".gz", packed[..length]);
            var error = Assert.Throws<DataFormatException>(
                () => DataSource.Open(folder.Root), $"{length} bytes")!;
            Assert.That(error.Operation, Is.EqualTo(Images + ".gz"));
        }
        packed[12] ^= 0xFF;
        folder.With(Images + ".gz", packed);
        Assert.That(() => DataSource.Open(folder.Root), Throws.TypeOf<DataFormatException>());
    }

    [Test]
    public void RefusesAFolderThatLacksAFile()
    {
        foreach (var (missing, _) in Files())
        {
            using var folder = new DataFolder();
            foreach (var (name, content) in Files().Where(file => file.Name != missing))
                folder.With(name, content);
            var error = Assert.Throws<DataFormatException>(() => DataSource.Open(folder.Root))!;
            Assert.That(error.Message, Does.Contain($"lacks {missing}"));
        }
    }

    private static (string Name, byte[] Content)[] Files() =>
    [
        (Images, Idx([3, 2, 3], 18)),
        (Labels, [0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 7]),
        ("t10k-images-idx3-ubyte", Idx([1, 2, 3], 6)),
        ("t10k-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 1, 2]),
    ];

    // The values 0, 1, 2 …
    private static byte[] Idx(int[] sizes, int values, byte type = 8)
    {
        var header = new byte[4 + (4 * sizes.Length)];
        (header[2], header[3]) = (type, (byte)sizes.Length);
        for (var axis = 0; axis < sizes.Length; axis++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * axis)), sizes[axis]);
        return [.. header, .. Enumerable.Range(0, values).Select(i => (byte)i)];
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(content);
        return packed.ToArray();
    }

    private static void Refuses(string changed, byte[] bad, string what)
    {
        using var folder = new DataFolder();
        foreach (var (name, content) in Files())
            folder.With(name, name == changed ? bad : content);
        var error = Assert.Throws<DataFormatException>(() => DataSource.Open(folder.Root))!;
        Assert.That(error.Operation, Is.EqualTo(changed));
        Assert.That(error.Message, Does.Contain(what).And.Not.Contain("\n"));
    }
}
