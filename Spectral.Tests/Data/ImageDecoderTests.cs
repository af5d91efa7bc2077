using NUnit.Framework;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests;

public sealed class ImageDecoderTests
{
    [TestCase("png-rgb", 3)]
    [TestCase("png-grey", 1)]
    [TestCase("png-palette", 3)]
    public void APngIsDecodedExactly(string name, int channels) =>
        Assert.That(Differences(name, channels), Has.All.Zero);

    // The two decoders round the inverse cosine transform and the colour conversion differently.
    [TestCase("jpeg-444", 3)]
    [TestCase("jpeg-420", 3)]
    [TestCase("jpeg-progressive", 3)]
    [TestCase("jpeg-grey", 1)]
    public void AJpegIsDecodedAsByAnotherDecoder(string name, int channels)
    {
        var differences = Differences(name, channels);
        Assert.That(differences.Max(), Is.LessThanOrEqualTo(Tolerances.JpegLargest), "levels of 255");
        Assert.That(differences.Average(), Is.LessThanOrEqualTo(Tolerances.JpegMean), "levels of 255");
    }

    [Test]
    public void PlanesAreTheChannelsOfTheImage()
    {
        var planes = new byte[6];
        ImageDecoder.ToPlanes([1, 2, 3, 4, 5, 6], new ImageSize(3, 1, 2), planes);
        Assert.That(planes, Is.EqualTo(new byte[] { 1, 4, 2, 5, 3, 6 }));
    }

    [Test]
    public void EveryPlaceWhereAFileIsCutOffIsNoticed(
        [Values("jpeg-444", "jpeg-progressive", "png-rgb")] string name)
    {
        var file = ImageBytes.Golden(name);
        for (var length = 0; length < file.Length; length++)
        {
            Assert.That(() => ImageDecoder.Decode("x", file[..length]), Throws.TypeOf<DataFormatException>(),
                $"{length} of {file.Length} bytes");
        }
    }

    [Test]
    public void EveryChangedByteOfAPngIsNoticed()
    {
        var file = ImageBytes.Golden("png-rgb");
        for (var i = 0; i < file.Length; i++)
        {
            var changed = file.ToArray();
            changed[i] ^= 0x55;
            Assert.That(
                () => ImageDecoder.Decode("x", changed), Throws.TypeOf<DataFormatException>(), $"byte {i}");
        }
    }

    private static double[] Differences(string name, int channels)
    {
        var (size, pixels) = ImageDecoder.Decode(name, ImageBytes.Golden(name));
        Assert.That(size, Is.EqualTo(new ImageSize(channels, 12, 18)));
        var wanted = Golden.Case("images", name).Outputs["pixels"].Data;
        return [.. pixels.Zip(wanted, (ours, theirs) => Math.Abs(ours - theirs))];
    }
}
