using System.Text;
using NUnit.Framework;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests;

public sealed class SafeTensorsFileTests
{
    [Test]
    public void RoundTripsEveryType()
    {
        using var folder = new DataFolder();
        NamedArray[] tensors =
        [
            NamedArray.From<bool>("bool", [true, false, true], 3),
            NamedArray.From<byte>("byte", [1, 2, 255], 3, 1),
            NamedArray.From<int>("int", [int.MinValue, 7], 2),
            NamedArray.From<float>("float", [1.5f, float.NaN, -0f, float.MaxValue], 2, 2),
            NamedArray.From<double>("double", [Math.PI], 1),
            NamedArray.From<long>("long", [long.MinValue], []),
            NamedArray.From<float>("empty", [], 0, 5),
        ];
        var metadata = new Dictionary<string, string> { ["json"] = "{\"a\": \"ü\\\"\"}", ["format"] = "pt" };
        SafeTensorsFile.Write(folder["x"], tensors, metadata);
        var content = SafeTensorsFile.Read(folder["x"]);

        Assert.That(content.Metadata, Is.EquivalentTo(metadata));
        Assert.That(content.Tensors, Has.Count.EqualTo(tensors.Length));
        foreach (var tensor in tensors)
        {
            var read = content[tensor.Name];
            Assert.That(read.DType, Is.EqualTo(tensor.DType));
            Assert.That(read.Shape, Is.EqualTo(tensor.Shape));
            Assert.That(read.Data, Is.EqualTo(tensor.Data));
        }
        Assert.That(content["double"].AsSpan<double>()[0], Is.EqualTo(Math.PI));
        Assert.That(() => content["double"].AsSpan<float>().Length, Throws.TypeOf<InvalidInputException>());
        Assert.That(() => content["none"], Throws.TypeOf<DataFormatException>());

        SafeTensorsFile.Write(folder["y"], [.. tensors.Reverse()], metadata);
        Assert.That(
            File.ReadAllBytes(folder["y"]), Is.EqualTo(File.ReadAllBytes(folder["x"])),
            "one content, one file");
    }

    [Test]
    public void WritesTheBytesOfTheFormat()
    {
        using var folder = new DataFolder();
        SafeTensorsFile.Write(
            folder["x"],
            [
                NamedArray.From<float>("b", [1, -2], 2, 1), NamedArray.From<float>("a", [0.5f], 1),
                NamedArray.From<long>("n", [3], []),
            ],
            new Dictionary<string, string> { ["k"] = "v" });
        var json = """
            {"__metadata__":{"k":"v"},"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]},
            "a":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},
            "b":{"dtype":"F32","shape":[2,1],"data_offsets":[12,20]}}
            """.ReplaceLineEndings("");
        var padding = new string(' ', (8 - json.Length % 8) % 8);
        byte[] expected =
        [
            .. BitConverter.GetBytes((long)(json + padding).Length),
            .. Encoding.ASCII.GetBytes(json + padding),
            3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x3F, 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0,
        ];
        Assert.That(File.ReadAllBytes(folder["x"]), Is.EqualTo(expected));
    }

    [Test]
    public void HalfPrecisionBecomesSingle()
    {
        // Unpadded header, another order of keys, offsets against the order of names: all legal.
        using var folder = new DataFolder();
        const string json = """
            {"z":{"data_offsets":[0,4],"shape":[2],"dtype":"F16"},
             "a":{"dtype":"BF16","shape":[1],"data_offsets":[4,6]}}
            """;
        File.WriteAllBytes(folder["x"], Raw(json, [0x00, 0x3C, 0x00, 0xC1, 0x49, 0x40]));
        var content = SafeTensorsFile.Read(folder["x"]);
        Assert.That(content["z"].AsSpan<float>().ToArray(), Is.EqualTo(new[] { 1f, -2.5f }));
        Assert.That(content["a"].AsSpan<float>().ToArray(), Is.EqualTo(new[] { 3.140625f }));
    }

    private const string OneFloat = """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""";

    [TestCase("", 0, "not valid JSON|does not begin")]
    [TestCase("[]", 0, "does not begin with {")]
    [TestCase("  " + OneFloat, 4, "does not begin with {")]
    [TestCase("{\"a\":", 0, "not valid JSON")]
    [TestCase(OneFloat + "{}", 4, "not valid JSON")]
    [TestCase(OneFloat, 3, "ends within array 'a'")]
    [TestCase(OneFloat, 5, "1 bytes behind the last array")]
    [TestCase("{}", 1, "1 bytes behind")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "needs")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "hole or overlaps")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "hole or overlaps")]
    [TestCase(
        """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}"""
        + ""","b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""",
        3, "hole or overlaps")]
    [TestCase(
        """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}"""
        + ""","b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}""",
        3, "hole or overlaps")]
    [TestCase(
        """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}"""
        + ""","a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""",
        2, "the name 'a' twice")]
    [TestCase("""{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "'dtype' twice")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}""", 4, "key 'x'")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "lacks one of")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4, "lacks one of")]
    [TestCase("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "negative size")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "not valid JSON")]
    [TestCase("""{"a":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", 4, "not valid JSON")]
    [TestCase("""{"a":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""", 4, "no list")]
    [TestCase("""{"a":{"dtype":5,"shape":[1],"data_offsets":[0,4]}}""", 4, "not valid JSON")]
    [TestCase("""{"a":5}""", 0, "no object")]
    [TestCase("""{"a":{"dtype":"I16","shape":[2],"data_offsets":[0,4]}}""", 4, "type I16")]
    [TestCase(
        """{"a":{"dtype":"U8","shape":[4611686018427387904,2],"data_offsets":[0,1]}}""",
        1, "larger than any file")]
    [TestCase(
        """{"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""",
        0, "larger than any file")]
    [TestCase(
        """{"a":{"dtype":"U8","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}""",
        1, "ends within")]
    [TestCase(
        """{"a":{"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,1]}}""",
        1, "not valid JSON")]
    [TestCase("""{"__metadata__":{"k":1}}""", 0, "metadata 'k' is no text")]
    [TestCase("""{"__metadata__":{"k":"1","k":"2"}}""", 0, "metadata 'k' twice")]
    [TestCase("""{"a\nb":5}""", 0, "'a?b' is no object")]
    [TestCase("""{"a":{"dtype":"BOOL","shape":[1],"data_offsets":[0,1]}}""", 1, "byte other than 0 and 1")]
    public void RefusesAHostileFile(string json, int dataBytes, string what)
    {
        using var folder = new DataFolder();
        File.WriteAllBytes(folder["x"], Raw(json, [.. Enumerable.Repeat((byte)7, dataBytes)]));
        Refuses(folder["x"], what);
    }

    [Test]
    public void RefusesNestingLengthsAndBytesThatAreNoHeader()
    {
        using var folder = new DataFolder();
        File.WriteAllBytes(folder["x"], Raw("{\"a\":" + new string('[', 100_000), []));
        Refuses(folder["x"], "no object|not valid JSON");
        File.WriteAllBytes(folder["x"], Raw("{\"a\":{\"dtype\":" + new string('[', 100_000), []));
        Refuses(folder["x"], "not valid JSON");
        File.WriteAllBytes(folder["x"], [2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', 0xFF]);
        Refuses(folder["x"], "not valid JSON");
        foreach (var length in new[] { 3L, 100_000_000, 100_000_001, long.MaxValue, -1 })
        {
            File.WriteAllBytes(folder["x"], [.. BitConverter.GetBytes(length), (byte)'{', (byte)'}']);
            Refuses(folder["x"], "header of");
        }
        File.WriteAllBytes(folder["x"], [2, 0, 0]);
        Refuses(folder["x"], "a file of 3 bytes");
        Refuses(folder["absent"], "cannot be read");
        Refuses(folder.Root, "cannot be read");
    }

    [Test]
    public void EveryTruncationIsNoticed()
    {
        using var folder = new DataFolder();
        SafeTensorsFile.Write(folder["x"], [NamedArray.From<float>("a", [1, 2], 2)]);
        var bytes = File.ReadAllBytes(folder["x"]);
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(folder["cut"], bytes[..length]);
            Assert.That(
                () => SafeTensorsFile.Read(folder["cut"]),
                Throws.TypeOf<DataFormatException>(), $"{length} bytes");
        }
    }

    [Test]
    public void RefusesToWriteWhatCouldNotBeRead()
    {
        using var folder = new DataFolder();
        var a = NamedArray.From<float>("a", [1], 1);
        Assert.That(() => SafeTensorsFile.Write(folder["x"], [a, a]), Throws.TypeOf<InvalidInputException>());
        Assert.That(
            () => SafeTensorsFile.Write(folder["x"], [NamedArray.From<float>("__metadata__", [1], 1)]),
            Throws.TypeOf<InvalidInputException>());
        Assert.That(() => NamedArray.From<float>("a", [1, 2], 3), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => NamedArray.From<short>("a", [1], 1), Throws.TypeOf<InvalidInputException>());
        Assert.That(File.Exists(folder["x"]), Is.False);
    }

    private static byte[] Raw(string json, byte[] data)
    {
        var header = Encoding.UTF8.GetBytes(json);
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. data];
    }

    private static void Refuses(string path, string anyOf)
    {
        var error = Assert.Throws<DataFormatException>(() => SafeTensorsFile.Read(path))!;
        Assert.That(anyOf.Split('|').Any(error.Message.Contains), Is.True, error.Message);
        Assert.That(error.Message, Does.Not.Contain("\n"));
    }
}
