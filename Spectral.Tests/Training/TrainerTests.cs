using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class TrainerTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [Test]
    public void The_five_best_guesses_count_when_there_are_more_classes()
    {
        using var six = new Run(_device, "synthetic-control");
        six.Trainer.Fit(six.Loader, six.Loader, 1);
        var metrics = six.Trainer.History[^1];
        Assert.That(metrics.TestTop5Accuracy, Is.InRange(metrics.TestAccuracy, 1.0).And.GreaterThan(0.5));

        using var three = new Run(_device, "cbf");
        three.Trainer.Fit(three.Loader, three.Loader, 1);
        Assert.That(three.Trainer.History[^1].TestTop5Accuracy, Is.Null);
    }

    [Test]
    public void Memory_at_the_peak_is_told_by_role()
    {
        using var run = new Run(_device, "cbf");
        foreach (var layer in BandLimits.Of(run.Model))
            layer.Method = ConvMethod.Spectral;
        run.Trainer.Fit(run.Loader, run.Loader, 2);
        var memory = run.Trainer.PeakMemory!.Value;
        var weights = run.Model.Parameters().Sum(p => 4L * p.Length);
        Assert.Multiple(() =>
        {
            Assert.That(memory.Total, Is.EqualTo(run.Trainer.History[^1].PeakDeviceBytes));
            Assert.That(memory.Parameters, Is.GreaterThanOrEqualTo(weights));
            Assert.That(memory.OptimizerState, Is.GreaterThanOrEqualTo(2 * weights), "two moments of Adam");
            Assert.That(memory.SavedSpectra, Is.Positive);
            Assert.That(memory.SavedActivations, Is.Positive);
            Assert.That(memory.Temporary, Is.Positive);
        });
    }

    [Test]
    public void A_loss_that_is_no_number_ends_the_run()
    {
        using var run = new Run(_device, "cbf");
        run.Model.Parameters().First().Data.CopyFrom<float>(
            Enumerable.Repeat(float.NaN, run.Model.Parameters().First().Length).ToArray());
        Assert.That(() => run.Trainer.Fit(run.Loader, run.Loader, 1),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("NaN in epoch 1"));
    }

    [Test]
    public void Clipped_steps_are_small()
    {
        using var free = new Run(_device, "cbf", learningRate: 1);
        using var clipped = new Run(_device, "cbf", learningRate: 1, clipNorm: 1e-3);
        Assert.That(Moved(clipped), Is.InRange(1e-9, 1.001e-3 * clipped.Loader.BatchCount).And.LessThan(Moved(free)));

        static double Moved(Run run)
        {
            double[] before = Values(run), after;
            run.Trainer.Fit(run.Loader, run.Loader, 1);
            after = Values(run);
            return Math.Sqrt(before.Zip(after, (a, b) => (a - b) * (a - b)).Sum());
        }

        static double[] Values(Run run) => [.. run.Model.Parameters().SelectMany(p => p.ToDoubles())];
    }

    [Test]
    public void The_rate_finder_suggests_a_rate_and_leaves_everything_as_it_was()
    {
        using var run = new Run(_device, "cbf");
        run.Trainer.Fit(run.Loader, run.Loader, 1);
        var (before, rate, steps) = (State(), run.Trainer.Optimizer.LearningRate, run.Trainer.Optimizer.StepCount);

        var curve = LearningRateFinder.Run(run.Trainer, run.Loader, 1e-5, 10, 40);
        Assert.Multiple(() =>
        {
            Assert.That(curve.Points.Select(p => p.Rate), Is.Ordered.Ascending);
            Assert.That(curve.Points[0].Rate, Is.EqualTo(1e-5));
            Assert.That(curve.Suggested, Is.InRange(1e-5, 5));
            Assert.That(State(), Is.EqualTo(before));
            Assert.That(run.Trainer.Optimizer.LearningRate, Is.EqualTo(rate));
            Assert.That(run.Trainer.Optimizer.StepCount, Is.EqualTo(steps));
            Assert.That(() => LearningRateFinder.Run(run.Trainer, run.Loader, 1, 0.1),
                Throws.TypeOf<InvalidInputException>());
        });

        double[] State() =>
        [
            .. run.Model.StateDict().SelectMany(s => s.Value.ToDoubles()),
            .. run.Trainer.Optimizer.State.SelectMany(s => s.Value.ToArray<float>().Select(v => (double)v)),
        ];
    }

    [Test]
    public void Weight_decay_can_leave_out_biases()
    {
        using var weight = new Parameter(DeviceArray.From<float>(_device, [2, 2]), [1, 2]);
        using var bias = new Parameter(DeviceArray.From<float>(_device, [2, 2]), [2]);
        using var optimizer = new AdamW([weight, bias], lr: 0.5, weightDecay: 0.1) { DecaysOnlyWeights = true };
        weight.Grad = Tensor.Zeros([1, 2], device: _device);
        bias.Grad = Tensor.Zeros([2], device: _device);
        optimizer.Step();
        Assert.That(weight.ToArray<float>(), Is.EqualTo(new[] { 1.9f, 1.9f }).Within(1e-6f));
        Assert.That(bias.ToArray<float>(), Is.EqualTo(new[] { 2f, 2f }));
    }

    private sealed class Run : IDisposable
    {
        private readonly Optimizer _optimizer;

        public Run(ComputeDevice device, string data, double learningRate = 0.01, double? clipNorm = null)
        {
            var set = DataSource.Open(data).Train;
            Loader = new DataLoader(set, new DataLoaderOptions { BatchSize = 32, Shuffle = true });
            Model = new Fcn(
                1, set.ClassNames.Length, Band.Rate(50), width: FcnWidth.VeryTiny, device: device,
                generator: new Generator(5));
            _optimizer = clipNorm is null && learningRate < 1
                ? new Adam(Model.Parameters(), learningRate)
                : new Sgd(Model.Parameters(), learningRate);
            Trainer = new Trainer(Model, _optimizer) { ClipNorm = clipNorm };
        }

        public Fcn Model { get; }

        public DataLoader Loader { get; }

        public Trainer Trainer { get; }

        public void Dispose()
        {
            _optimizer.Dispose();
            Model.Dispose();
        }
    }
}
