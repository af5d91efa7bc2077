using NUnit.Framework;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests;

/// <summary>Every kind of image that is refused is refused in one sentence that names the file.</summary>
public sealed class BadImageTests
{
    private static readonly byte[] Good = ImageBytes.Png(3, 12, 18);

    [TestCase("jpeg-444", 0.5, "a damaged JPEG")]
    [TestCase("jpeg-444", 0.99, "a damaged JPEG: it ends too early")]
    [TestCase("png-rgb", 0.5, "a damaged PNG: it ends too early")]
    [TestCase("jpeg-grey", 1, "a grey image · images of one kind: train/a/1.png is colour")]
    [TestCase("refused-png-16-bit", 1, "a PNG of 16 bits a channel")]
    [TestCase("refused-png-alpha", 1, "an image with transparency")]
    public void RefusesABadImage(string name, double share, string what)
    {
        var file = ImageBytes.Golden(name);
        using var folder = GoodFolder().With("train/b/2.png", file[..(int)(share * file.Length)]);
        Refuses(folder, "train/b/2.png", what);
    }

    [Test]
    public void RefusesAJpegWithDamageInIt()
    {
        foreach (byte marker in new byte[] { 0xC0, 0xC4, 0xDA, 0xDB })
        {
            var file = ImageBytes.Golden("jpeg-444");
            var segment = file.AsSpan().IndexOf([(byte)0xFF, marker]);
            file.AsSpan(segment + 4, 20).Fill(0xEE);
            using var folder = GoodFolder().With("train/b/2.jpg", file);
            Refuses(folder, "train/b/2.jpg", "a damaged JPEG");
        }
    }

    [Test]
    public void RefusesAnImageOfAnotherSizeInEitherPart()
    {
        using var train = GoodFolder().With("train/b/2.png", ImageBytes.Png(3, 12, 16));
        Refuses(train, "train/b/2.png", "an image of 12×16 · images of one size: train/a/1.png has 12×18");
        using var test = GoodFolder().With("test/b/2.png", ImageBytes.Png(3, 18, 12));
        Refuses(test, "test/b/2.png", "an image of 18×12 · images of one size: train/a/1.png has 12×18");
        using var colour = GoodFolder(ImageBytes.Png(1, 12, 18)).With("test/b/2.png", Good);
        Refuses(colour, "test/b/2.png", "a colour image · images of one kind: train/a/1.png is grey");
    }

    [Test]
    public void RefusesFilesThatAreNoImages()
    {
        using var name = GoodFolder().With("train/b/notes.txt", "notes");
        Refuses(name, "train/b/notes.txt", "no image by its name");
        using var content = GoodFolder().With("train/b/2.jpg", "BM and so on");
        Refuses(content, "train/b/2.jpg", "neither a JPEG nor a PNG");
        using var empty = GoodFolder().With("train/b/2.jpg", "");
        Refuses(empty, "train/b/2.jpg", "neither a JPEG nor a PNG");
    }

    [Test]
    public void RefusesClassesThatDoNotFit()
    {
        using var empty = GoodFolder();
        Directory.CreateDirectory(empty["train/c"]);
        Refuses(empty, "train/c", "a class without an image");
        using var unknown = GoodFolder().With("test/d/1.png", Good);
        Refuses(unknown, "test/d", "a class that the training images lack · those of train: a, b");
        using var single = new DataFolder().With("train/a/1.png", Good).With("test/a/1.png", Good);
        Refuses(single, "train", "only one class, 'a'");
        using var flat = new DataFolder().With("train/1.png", Good).With("test/a/1.png", Good);
        Refuses(flat, "train", "no class folders");
        using var half = new DataFolder().With("train/a/1.png", Good);
        Refuses(half, "data", "no 'test' in");
    }

    [Test]
    public void RefusesAZipThatIsDamagedOrWithoutClassFolders()
    {
        using var cut = ZipFolder(("a/1.png", Good), ("b/1.png", Good));
        var whole = File.ReadAllBytes(cut["train.zip"]);
        File.WriteAllBytes(cut["train.zip"], whole[..(whole.Length / 2)]);
        Refuses(cut, "train.zip", "a damaged zip");

        using var changed = ZipFolder(("a/1.png", Good), ("b/1.png", Good));
        whole = File.ReadAllBytes(changed["train.zip"]);
        whole[60] ^= 0xFF; // within the first entry's content
        File.WriteAllBytes(changed["train.zip"], whole);
        Refuses(changed, "train.zip/a/1.png", "a damaged zip");

        using var flat = ZipFolder(("1.png", Good));
        Refuses(flat, "train.zip", "the entry '1.png' outside of a class folder");
        using var deep = ZipFolder(("train/a/1.png", Good));
        Refuses(deep, "train.zip", "the entry 'train/a/1.png' outside of a class folder");
        using var none = ZipFolder();
        Refuses(none, "train.zip", "no class folders");
        using var empty = ZipFolder(("a/1.png", Good), ("b/", []));
        Refuses(empty, "train.zip/b", "a class without an image");
    }

    [Test, Repeat(5)]
    public void NamesTheFirstBadImageOfSeveral()
    {
        using var folder = GoodFolder();
        for (var i = 2; i < 40; i++)
            folder.With($"train/b/{i:D2}.png", i % 7 == 6 ? ImageBytes.Png(1, 12, 18) : Good);
        Refuses(folder, "train/b/06.png", "a grey image");
    }

    private static DataFolder GoodFolder(byte[]? image = null) => new DataFolder()
        .With("train/a/1.png", image ?? Good).With("train/b/1.png", image ?? Good)
        .With("test/a/1.png", image ?? Good);

    private static DataFolder ZipFolder(params (string, byte[])[] train) =>
        new DataFolder().WithZip("train.zip", train).WithZip("test.zip", ("a/1.png", Good));

    private static void Refuses(DataFolder folder, string where, string what)
    {
        var error = Assert.Throws<DataFormatException>(() => DataSource.Open(folder.Root))!;
        Assert.That(error.Operation, Is.EqualTo(where));
        Assert.That(error.Message, Does.Contain(what).And.Not.Contain("\n"));
    }
}
