using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectral.Autograd;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Cli;

/// <summary>Carries out <c>spectral eval</c>.</summary>
internal static class EvalRun
{
    private const int BatchSize = 64;

    private sealed record Row(
        double? Rate, double TestLoss, double TestAccuracy, int Samples, double AchievedCompression,
        double Seconds,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? TestTop5Accuracy);

    internal static int Run(EvalOptions options)
    {
        using var interruption = new Interruption();
        var weights = RunFolder.WeightsOf(options.Checkpoint);
        var data = DataSource.Open(options.Data).Limit(null, options.LimitTest, seed: 0);
        using var device = ComputeDevice.Open(options.Device);
        var (model, spec) = ModelFile.Open(weights, device);
        using var owned = model;
        Check(spec, data);
        if (!options.Json)
            RunText.AdviseFasterDevice(device);

        var loader = new DataLoader(data.Test, new DataLoaderOptions
        {
            BatchSize = BatchSize,
            Transforms = SampleTransforms.OfTest(spec.Normalization),
        });
        var rates = options.Rates.Count == 0 ? [(double?)null] : options.Rates.Select(r => (double?)r);
        var rows = rates.Select(rate => Evaluate(model, rate, loader, interruption.Token)).ToList();
        if (options.Json)
            Console.WriteLine(JsonSerializer.Serialize(rows, ResultFile.Json));
        else
            rows.ForEach(row => Console.WriteLine(Line(row)));
        return ExitCodes.Done;
    }

    private static Row Evaluate(Module model, double? rate, DataLoader loader, CancellationToken cancellation)
    {
        if (rate is { } percent)
            BandLimits.SetBand(model, Band.Rate(percent));
        var clock = Stopwatch.StartNew();
        Evaluation result;
        try
        {
            result = Evaluation.Of(model, (x, target) => Ops.CrossEntropy(x, target), loader, cancellation);
        }
        catch (OperationCanceledException)
        {
            throw new InterruptedException("[eval] stopped · nothing was changed · run the command again");
        }

        return new Row(
            rate, result.Loss, result.Accuracy, result.Samples, BandLimits.AchievedCompression(model),
            clock.Elapsed.TotalSeconds, result.Top5Accuracy);
    }

    // The indices of the labels mean what the training data made them mean.
    private static void Check(ModelSpec spec, DataSplit data)
    {
        Throw.Unless(data.Test.ClassNames.SequenceEqual(spec.ClassNames), "--data",
            $"classes {string.Join(", ", data.Test.ClassNames)}",
            $"those of the training: {string.Join(", ", spec.ClassNames)}", "evaluate on data like it");
        // Series may have another length: no layer of a model for them depends on it.
        var (given, trained) = (data.Test.SampleShape, spec.InputShape);
        var areSeries = given.Length == 2 && trained.Length == 2;
        Throw.Unless(
            areSeries ? given[0] == trained[0] : given.SequenceEqual(trained),
            "--data", $"samples of {string.Join('×', given)}",
            areSeries
                ? $"{trained[0]} channels, as in the training ({string.Join('×', trained)})"
                : $"{string.Join('×', trained)}, as in the training",
            "evaluate on data like it");
    }

    private static string Line(Row row)
    {
        var band = row.Rate is { } rate
            ? string.Create(CultureInfo.InvariantCulture, $"rate {rate,5:0.##} %")
            : "as trained";
        return band + string.Create(CultureInfo.InvariantCulture,
            $"  test accuracy {row.TestAccuracy:P1}  loss {row.TestLoss:F4}  ")
            + string.Create(CultureInfo.InvariantCulture,
                $"{row.AchievedCompression:P1} of the spectra discarded  {row.Seconds:F2} s");
    }
}
