using System.Text.Json;
using NUnit.Framework;
using Spectral.Cli;
using Spectral.Nn;

namespace Spectral.Tests;

/// <summary>The command with images: limits, normalisation, augmentation, what does not fit.</summary>
public sealed class ImageCommandTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("spectral-images-");

    [OneTimeTearDown]
    public void Clean() => _folder.Delete(recursive: true);

    [Test]
    public void A_part_of_the_images_is_trained_on_and_evaluated()
    {
        var run = Folder("part");
        var (code, output, error) = Train(
            run, "--epochs", "1", "--augment", "crop-flip", "--limit-train", "48", "--limit-test", "30");
        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.Contain("48 training and 30 test samples of 1×28×28, 6 classes")
            .And.Contain("normalised by mean 0.").And.Contain("cut out of a border of 4 and mirrored")
            .And.Contain("waiting for data"));
        var result = Json(Path.Combine(run, "result.json"));
        Assert.That(result.GetProperty("loaderWaitShare").GetDouble(), Is.InRange(0, 1));
        var options = result.GetProperty("options");
        Assert.That(options.GetProperty("limitTrain").GetInt32(), Is.EqualTo(48));
        Assert.That(options.GetProperty("limitTest").GetInt32(), Is.EqualTo(30));
        Assert.That(options.GetProperty("augment").GetString(), Is.EqualTo("crop-flip"));

        var (evalCode, json, evalError) = CommandRunner.Run(
            "eval", "--checkpoint", run, "--data", "shapes", "--limit-test", "30", "--json");
        Assert.That(evalCode, Is.Zero, evalError);
        var row = JsonDocument.Parse(json).RootElement[0];
        Assert.That(row.GetProperty("samples").GetInt32(), Is.EqualTo(30));
        Assert.That(
            row.GetProperty("testLoss").GetDouble(), Is.EqualTo(result.GetProperty("testLoss").GetDouble()));
    }

    [Test]
    public void Evaluation_normalises_as_the_training_did()
    {
        using var bright = Images(offset: 120);
        using var dark = Images(offset: 0);
        var (a, b) = (DataSource.Open(bright.Root).Normalization, DataSource.Open(dark.Root).Normalization);
        Assert.That(a, Is.Not.EqualTo(b), "by its own images the second set would be normalised otherwise");

        var run = Folder("constants");
        var (code, _, error) = CommandRunner.Run(
            "train", "--data", bright.Root, "--model", "lenet", "--epochs", "1", "--out", run);
        Assert.That(code, Is.Zero, error);
        var (evalCode, json, evalError) = CommandRunner.Run(
            "eval", "--checkpoint", run, "--data", dark.Root, "--json");
        Assert.That(evalCode, Is.Zero, evalError);
        Assert.That(JsonDocument.Parse(json).RootElement[0].GetProperty("testLoss").GetDouble(),
            Is.EqualTo(Json(Path.Combine(run, "result.json")).GetProperty("testLoss").GetDouble()));
    }

    [Test]
    public void An_augmented_run_goes_on_to_the_same_bits()
    {
        var (whole, parts) = (Folder("whole"), Folder("parts"));
        string[] options = ["--schedule", "constant", "--augment", "crop-flip", "--limit-train", "24",
            "--limit-test", "6"];
        Train(whole, [.. options, "--epochs", "2"]);
        Train(parts, [.. options, "--epochs", "1"]);
        Train(parts, [.. options, "--epochs", "2", "--resume"]);
        Assert.That(File.ReadAllBytes(Path.Combine(parts, "model.safetensors")),
            Is.EqualTo(File.ReadAllBytes(Path.Combine(whole, "model.safetensors"))));

        var (code, _, error) = Train(
            parts, "--schedule", "constant", "--limit-train", "24", "--epochs", "3", "--resume");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain("augmented: CropFlip").And.Contain("augmented: None"));
    }

    [TestCase("shapes", "fcn-micro", 1, "'fcn-micro' for samples of 1×28×28 · series")]
    [TestCase("cbf", "lenet", 1, "'lenet' for samples of 1×128 · images")]
    [TestCase("cbf", "fcn-micro --augment flip", 2, "'flip' for series")]
    [TestCase("shapes", "lenet --limit-train 5", 1, "at least 6, one of each class")]
    [TestCase("shapes", "lenet --limit-test 0", 2, "--limit-test")]
    [TestCase("shapes", "lenet --augment twist", 2, "auto, none, flip, crop-flip")]
    public void What_does_not_fit_is_said_in_a_sentence(string data, string rest, int wanted, string what)
    {
        var (code, _, error) = CommandRunner.Run(
            [.. $"train --data {data} --epochs 1 --model {rest}".Split(' '), "--out", Folder("none")]);
        Assert.That(error.TrimEnd(), Does.Contain(what).And.Not.Contain("\n"));
        Assert.That(code, Is.EqualTo(wanted));
        Assert.That(Directory.Exists(Folder("none")), Is.False, "no run is begun");
    }

    [Test]
    public void Only_images_of_cifar_are_augmented_without_being_asked()
    {
        var cifar = new ImageDataset(new byte[2 * 3072], [3, 32, 32], [0, 1], ["a", "b"]);
        var known = new DataSplit("cifar", cifar, cifar) { Normalization = Normalization.Cifar };
        var other = new DataSplit("other", cifar, cifar) { Normalization = Normalization.Of(cifar) };
        var ofKnown = SampleTransforms.OfTraining(Augmentation.Auto, known);
        Assert.Multiple(() =>
        {
            Assert.That(Resolve(Augmentation.Auto, known), Is.EqualTo(Augmentation.CropFlip));
            Assert.That(Resolve(Augmentation.Auto, other), Is.EqualTo(Augmentation.None));
            Assert.That(Resolve(Augmentation.None, known), Is.EqualTo(Augmentation.None));
            Assert.That(ofKnown, Has.Count.EqualTo(3));
            Assert.That(ofKnown[^1], Is.SameAs(known.Normalization));
            Assert.That(SampleTransforms.OfTest(known.Normalization), Has.Count.EqualTo(1));
        });

        static Augmentation Resolve(Augmentation augmentation, DataSplit data) =>
            SampleTransforms.Resolve(augmentation, data);
    }

    // Two classes of grey images; the test images are the same for each offset of the training images.
    private static DataFolder Images(byte offset)
    {
        var folder = new DataFolder();
        for (byte i = 0; i < 4; i++)
        {
            folder.With($"train/a/{i}.png", ImageBytes.Png(1, 28, 28, (byte)(offset + (10 * i))))
                .With($"train/b/{i}.png", ImageBytes.Png(1, 28, 28, (byte)(offset + 60 + (10 * i))))
                .With($"test/a/{i}.png", ImageBytes.Png(1, 28, 28, (byte)(30 * i)));
        }
        return folder;
    }

    private static (int Code, string Output, string Error) Train(string folder, params string[] options) =>
        CommandRunner.Run(["train", "--data", "shapes", "--model", "lenet", "--out", folder, .. options]);

    private static JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllText(path)).RootElement;

    private string Folder(string name) => Path.Combine(_folder.FullName, name);
}
