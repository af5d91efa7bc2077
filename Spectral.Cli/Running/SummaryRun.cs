using System.Globalization;
using System.Text.Json;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Cli;

/// <summary>Carries out <c>spectral summary</c>.</summary>
internal static class SummaryRun
{
    private const int Steps = 3;

    internal static int Run(SummaryOptions options)
    {
        var spec = SpecOf(options);
        ModelZoo.CheckInput(spec.Name, spec.InputShape);
        using var device = ComputeDevice.Open(options.Device);
        using var model = ModelZoo.Create(spec, device, new Generator(0));
        int[] batch = [options.Batch, .. spec.InputShape];
        var summary = ModelSummary.Of(model, batch);
        var profile = options.Profile ? StepProfile.Of(model, batch, spec.ClassNames.Length, Steps) : null;
        if (options.Json)
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    Model = spec.Name,
                    Input = batch,
                    Device = device.Info.Id,
                    Layers = summary.Rows,
                    summary.Parameters,
                    summary.MultiplyAdds,
                    summary.SavedBytes,
                    PeakMemory = ResultFile.Roles(summary.Peak),
                    ProfiledSteps = options.Profile ? Steps : 0,
                    profile?.Kernels,
                },
                ResultFile.Json));
        else
            Console.Write(summary.ToString());
        if (profile is not null && !options.Json)
            Console.Write($"{Environment.NewLine}time by kernel of {Steps} training steps:{Environment.NewLine}{profile}");
        return ExitCodes.Done;
    }

    private static ModelSpec SpecOf(SummaryOptions options)
    {
        int[] shape = [.. options.Input];
        string[] classes =
            [.. Enumerable.Range(0, options.Classes).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        if (options.Data is { } name)
        {
            var train = DataSource.Open(name).Train;
            (shape, classes) = (train.SampleShape, train.ClassNames);
        }

        return TrainRun.SpecOf(options.Model, shape, classes, options.Bands, options.FftSize, DType.Float32);
    }
}
