using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Cli;

/// <summary>Carries out <c>spectral train</c>.</summary>
internal static class TrainRun
{
    private const int TestBatchSize = 64;

    internal static int Run(TrainOptions options)
    {
        using var interruption = new Interruption();
        var data = DataSource.Open(options.Data);
        ModelZoo.CheckInput(options.Model, data.Train.SampleShape);
        data = data.Limit(options.LimitTrain, options.LimitTest, options.Seed);
        using var device = ComputeDevice.Open(options.Device);
        var spec = SpecOf(options, data);
        using var model = ModelZoo.Create(spec, device, new Generator(options.Seed));
        using var optimizer = Recipe.OptimizerOf(options, model);
        var loaders = new DataLoaderOptions { BatchSize = options.BatchSize, Seed = options.Seed };
        var train = new DataLoader(data.Train, loaders with
        {
            Shuffle = true,
            Transforms = SampleTransforms.OfTraining(options.Augment, data),
        });
        if (options.Steps is { } steps)
            options = options with { Epochs = (steps + train.BatchCount - 1) / train.BatchCount };
        var test = new DataLoader(data.Test, loaders with
        {
            BatchSize = Math.Max(TestBatchSize, options.BatchSize),
            Transforms = SampleTransforms.OfTest(data.Normalization),
        });
        var folder = new RunFolder(options.Out);
        folder.Prepare(options.Resume);
        var trainer = new Trainer(model, optimizer)
        {
            Schedule = Recipe.ScheduleOf(options, optimizer, train.BatchCount),
            Checkpoint = new CheckpointFolder(options.Out),
            TestEvery = options.TestEvery,
            Fingerprint = Recipe.Fingerprint(options, data),
            Generator = new Generator(options.Seed, stream: 1),
        };

        RunText.Start(data, spec, model, device);
        if (data.Normalization is { } constants)
            RunText.Images(constants, SampleTransforms.Resolve(options.Augment, data));
        Fit(trainer, train, test, options, folder, interruption.Token);
        ModelFile.Save(folder.Model, model, spec);
        ResultFile.Write(folder.Result, options, device, trainer, train.Statistics);
        RunText.End(trainer, train.Statistics, options.Out);
        return ExitCodes.Done;
    }

    private static ModelSpec SpecOf(TrainOptions options, DataSplit data)
    {
        var one = options.Bands.Count == 1;
        return new ModelSpec(
            options.Model, data.Train.SampleShape, data.Train.ClassNames,
            (one ? options.Bands[0] : Band.Full).ToString(), options.FftSize, options.Precision,
            one ? [] : [.. options.Bands.Select(b => b.ToString())])
        {
            Normalization = data.Normalization,
        };
    }

    private static void Fit(
        Trainer trainer, DataLoader train, DataLoader test, TrainOptions options, RunFolder folder,
        CancellationToken cancellation)
    {
        trainer.Callbacks.Add(new CsvLog(folder.Metrics));
        try
        {
            Progress.Run(options.Epochs, progress =>
            {
                trainer.Callbacks.Add(progress);
                trainer.Fit(train, test, options.Epochs, options.Resume, cancellation);
            });
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            var done = trainer.History.Count;
            throw new InterruptedException(done == 0
                ? "[train] stopped · no epoch has ended, so that nothing was kept · run the command again"
                : $"[train] stopped · the state after epoch {done} is in '{options.Out}' · "
                    + "go on with the same command and --resume");
        }
    }
}
