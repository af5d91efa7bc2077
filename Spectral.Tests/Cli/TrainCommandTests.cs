using System.Text.Json;
using NUnit.Framework;
using Spectral.Nn;

namespace Spectral.Tests;

public class TrainCommandTests
{
    private const string Columns =
        "epoch,trainLoss,trainAccuracy,testLoss,testAccuracy,seconds,peakDeviceBytes,achievedCompression";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("spectral-train-");

    [OneTimeTearDown]
    public void Clean() => _folder.Delete(recursive: true);

    [Test]
    public void A_run_leaves_metrics_result_weights_and_checkpoint_and_can_be_evaluated()
    {
        var run = Folder("run");
        var (code, output, error) = Train(run, "--epochs", "2", "--rate", "50", "--seed", "7");

        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.Contain("epoch 1/2").And.Contain("epoch 2/2").And.Contain("test accuracy"));
        var rows = File.ReadAllLines(Path.Combine(run, "metrics.csv"));
        Assert.That(rows, Has.Length.EqualTo(3));
        Assert.That(rows[0], Is.EqualTo(Columns));
        var result = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "result.json"))).RootElement;
        Assert.That(Columns.Split(',').All(name => result.TryGetProperty(name, out _)), "columns");
        Assert.That(result.GetProperty("seed").GetInt32(), Is.EqualTo(7));
        Assert.That(result.GetProperty("parameters").GetInt64(), Is.GreaterThan(0));
        Assert.That(result.GetProperty("device").GetString(), Is.Not.Empty);
        Assert.That(result.GetProperty("achievedCompression").GetDouble(), Is.InRange(0.45, 0.55));
        Assert.That(result.GetProperty("peakMemory").GetProperty("savedActivations").GetInt64(), Is.Positive);
        Assert.That(new CheckpointFolder(run).Exists);

        var (evalCode, json, evalError) = CommandRunner.Run(
            "eval", "--checkpoint", run, "--data", "cbf", "--rate", "50,80", "--json");
        Assert.That(evalCode, Is.Zero, evalError);
        var evaluated = JsonDocument.Parse(json).RootElement;
        Assert.That(evaluated[0].GetProperty("testAccuracy").GetDouble(),
            Is.EqualTo(result.GetProperty("testAccuracy").GetDouble()));
        Assert.That(evaluated[1].GetProperty("achievedCompression").GetDouble(), Is.GreaterThan(0.7));
    }

    [Test]
    public void A_second_run_in_the_folder_keeps_the_first()
    {
        var run = Folder("twice");
        Train(run, "--epochs", "1");
        var first = File.ReadAllBytes(Path.Combine(run, "model.safetensors"));
        Train(run, "--epochs", "1");

        var kept = Path.Combine(run, "previous-1", "model.safetensors");
        Assert.That(File.ReadAllBytes(kept), Is.EqualTo(first));
        Assert.That(File.ReadAllBytes(Path.Combine(run, "model.safetensors")), Is.EqualTo(first),
            "the same seed on the same device gives the same bits");
    }

    [Test]
    public void A_run_of_fewer_epochs_goes_on_to_the_same_bits()
    {
        var (whole, parts) = (Folder("whole"), Folder("parts"));
        Train(whole, "--schedule", "plateau", "--epochs", "4");
        Train(parts, "--schedule", "plateau", "--epochs", "2");
        Train(parts, "--schedule", "plateau", "--epochs", "4", "--resume");
        Assert.That(File.ReadAllBytes(Path.Combine(parts, "model.safetensors")),
            Is.EqualTo(File.ReadAllBytes(Path.Combine(whole, "model.safetensors"))));

        var (code, _, error) = Train(parts, "--schedule", "plateau", "--epochs", "4", "--seed", "1", "--resume");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain("seed 0").And.Contain("seed 1"));
    }

    [Test]
    public void Bad_runs_end_with_a_sentence()
    {
        var file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");
        var (code, _, error) = Train(file, "--epochs", "1");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain("--out"));

        (code, _, error) = Train(Folder("rates"), "--rates", "10,20");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain("[rates] 2 of them"));
    }

    [Test]
    public void A_search_for_a_rate_leaves_its_curve_and_no_run()
    {
        var run = Folder("find");
        var (code, output, error) = Train(run, "--find-lr", "--clip-norm", "5", "--label-smoothing", "0.1");
        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.Contain("train with --lr"));
        Assert.That(File.ReadAllLines(Path.Combine(run, "lr-finder.csv"))[0],
            Is.EqualTo("learningRate,loss,smoothedLoss"));
        Assert.That(Directory.GetFileSystemEntries(run), Has.Length.EqualTo(1));
    }

    [Test]
    public void Top_5_is_told_when_there_are_more_classes_and_options_are_kept()
    {
        var run = Folder("six");
        var (code, _, error) = CommandRunner.Run(
            "train", "--data", "synthetic-control", "--model", "fcn-micro", "--batch", "64", "--epochs", "1",
            "--label-smoothing", "0.1", "--clip-value", "1", "--decay-only-weights", "--out", run);
        Assert.That(code, Is.Zero, error);
        var result = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "result.json"))).RootElement;
        var top5 = result.GetProperty("testTop5Accuracy").GetDouble();
        Assert.That(top5, Is.InRange(result.GetProperty("testAccuracy").GetDouble(), 1));
        Assert.That(result.GetProperty("options").GetProperty("labelSmoothing").GetDouble(), Is.EqualTo(0.1));

        var json = CommandRunner.Run("eval", "--checkpoint", run, "--data", "synthetic-control", "--json").Output;
        var row = JsonDocument.Parse(json).RootElement[0];
        Assert.That(row.GetProperty("testTop5Accuracy").GetDouble(), Is.EqualTo(top5));
        Assert.That(row.GetProperty("testLoss").GetDouble(),
            Is.EqualTo(result.GetProperty("testLoss").GetDouble()), "tests report the plain loss");
    }

    [Test]
    public void A_model_is_summarised_as_a_table_or_JSON()
    {
        var (code, table, error) = CommandRunner.Run(
            "summary", "--model", "fcn-tiny", "--data", "cbf", "--rate", "50");
        Assert.That(code, Is.Zero, error);
        Assert.That(table, Does.Contain("features.conv2").And.Contain("kept band").And.Contain("saved spectra"));
        var json = JsonDocument.Parse(CommandRunner.Run(
            "summary", "--model", "fcn-tiny", "--input", "1,128", "--classes", "3", "--rate", "50", "--json")
            .Output).RootElement;
        var layers = json.GetProperty("layers").EnumerateArray().Select(l => l.GetProperty("layer").GetString());
        Assert.That(layers, Does.Contain("features.conv1").And.Contain("classifier"));
        Assert.That(json.GetProperty("multiplyAdds").GetDouble(), Is.Positive);

        (code, _, error) = CommandRunner.Run("summary", "--model", "fcn", "--input", "3,32,32");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain("3×32×32"));
    }

    private static (int Code, string Output, string Error) Train(string folder, params string[] options) =>
        CommandRunner.Run(
            ["train", "--data", "cbf", "--model", "fcn-micro", "--batch", "32", "--out", folder, .. options]);

    private string Folder(string name) => Path.Combine(_folder.FullName, name);
}
