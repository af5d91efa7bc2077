using Spectral.Autograd;
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
        var spec = SpecOf(
            options.Model, data.Train.SampleShape, data.Train.ClassNames, options.Bands, options.FftSize,
            options.Precision) with
        {
            Normalization = data.Normalization,
        };
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
        if (options.FindLearningRate)
            folder.Create();
        else
            folder.Prepare(options.Resume);
        var trainer = new Trainer(model, optimizer)
        {
            Schedule = Recipe.ScheduleOf(options, optimizer, train.BatchCount),
            Loss = Recipe.LossOf(options),
            TestLoss = (logits, target) => Ops.CrossEntropy(logits, target),
            ClipNorm = options.ClipNorm,
            ClipValue = options.ClipValue,
            Checkpoint = new CheckpointFolder(options.Out),
            TestEvery = options.TestEvery,
            Fingerprint = Recipe.Fingerprint(options, data),
            Generator = new Generator(options.Seed, stream: 1),
        };

        RunText.Start(data, spec, model, device);
        if (data.Normalization is { } constants)
            RunText.Images(constants, SampleTransforms.Resolve(options.Augment, data));
        if (options.FindLearningRate)
            return FindRate.Run(trainer, train, folder, interruption.Token);
        Fit(trainer, train, test, options, folder, interruption.Token);
        ModelFile.Save(folder.Model, model, spec);
        ResultFile.Write(folder.Result, options, device, trainer, train.Statistics);
        RunText.End(trainer, train.Statistics, options.Out);
        return ExitCodes.Done;
    }

    /// <summary>A model with one band everywhere, or one for each layer.</summary>
    internal static ModelSpec SpecOf(
        string model, int[] inputShape, string[] classNames, IReadOnlyList<Band> bands, FftSizePolicy fftSize,
        DType precision)
    {
        var one = bands.Count == 1;
        return new ModelSpec(
            model, inputShape, classNames, (one ? bands[0] : Band.Full).ToString(), fftSize, precision,
            one ? [] : [.. bands.Select(b => b.ToString())]);
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
