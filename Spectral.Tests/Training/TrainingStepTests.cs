using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class TrainingStepTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [Test]
    public void A_training_step_asks_the_device_for_nothing_after_warm_up()
    {
        // What earlier tests forgot shall not come back to the pool in between.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var run = new Run(_device, Band.Rate(50));
        run.Steps(2);
        var (allocations, inUse) = (_device.Pool.Statistics.DeviceAllocations, _device.Pool.Statistics.BytesInUse);
        run.Steps(5);
        Assert.That(_device.Pool.Statistics.DeviceAllocations, Is.EqualTo(allocations));
        Assert.That(_device.Pool.Statistics.BytesInUse, Is.EqualTo(inUse));
    }

    [Test]
    public void The_same_seed_gives_the_same_bits()
    {
        Assert.That(Weights(), Is.EqualTo(Weights()));

        float[] Weights()
        {
            using var run = new Run(_device, Band.Energy(95));
            run.Steps(3);
            return [.. run.Model.Parameters().SelectMany(p => p.ToArray<float>())];
        }
    }

    [Test]
    public void Loss_falls_and_less_memory_is_held_at_a_higher_rate()
    {
        long PeakAt(double rate)
        {
            using var run = new Run(_device, Band.Rate(rate));
            var first = run.Steps(1);
            _device.Pool.ResetPeak();
            var last = run.Steps(12);
            Assert.That(last, Is.LessThan(first), $"loss at rate {rate}");
            Assert.That(BandLimits.AchievedCompression(run.Model), Is.GreaterThanOrEqualTo(rate / 100));
            return _device.Pool.Statistics.PeakBytesInUse;
        }

        // Matrices of transforms stay with the device: all are made before memory is compared.
        double[] rates = [0, 50, 80];
        foreach (var rate in rates)
        {
            using var run = new Run(_device, Band.Rate(rate));
            run.Steps(1);
        }

        Assert.That(rates.Select(PeakAt), Is.Ordered.Descending);
    }

    [Test]
    public void A_layer_may_change_its_band_after_training()
    {
        using var run = new Run(_device, Band.Full);
        run.Steps(1);
        Assert.That(BandLimits.AchievedCompression(run.Model), Is.Zero);
        Assert.That(BandLimits.SetBand(run.Model, Band.Rate(80)), Is.EqualTo(3), "layers of the FCN");
        run.Steps(1);
        Assert.That(BandLimits.AchievedCompression(run.Model), Is.GreaterThan(0.8));
    }

    [Test]
    public void The_memory_report_tells_what_each_operation_saves()
    {
        long SavedAt(double rate)
        {
            using var run = new Run(_device, Band.Rate(rate));
            using var scope = new TensorScope();
            foreach (var layer in BandLimits.Of(run.Model))
                layer.Method = ConvMethod.Spectral;
            var loss = run.Loss();
            var report = MemoryReport.Of(loss);
            Assert.That(report.Saved.Single(r => r.Operation == "bandLimitedConv").Calls, Is.EqualTo(3));
            loss.Backward();
            Assert.That(MemoryReport.Of(loss).SavedBytes, Is.Zero, "after the backward pass");
            return report.Saved.Single(r => r.Operation == "bandLimitedConv").Bytes;
        }

        Assert.That(new[] { SavedAt(0), SavedAt(50), SavedAt(80) }, Is.Ordered.Descending);
    }

    private sealed class Run : IDisposable
    {
        private readonly ComputeDevice _device;
        private readonly Adam _optimizer;
        private readonly float[] _series = new float[8 * 40];
        private readonly int[] _labels = new int[8];

        public Run(ComputeDevice device, Band band)
        {
            _device = device;
            Model = new Fcn(1, 2, band, width: FcnWidth.Tiny, device: device, generator: new Generator(3));
            _optimizer = new Adam(Model.Parameters(), lr: 0.01);
            for (var i = 0; i < _series.Length; i++)
            {
                _labels[i / 40] = i / 40 % 2;
                _series[i] = MathF.Sin(i % 40 * (0.2f + (0.3f * _labels[i / 40])));
            }
        }

        public Fcn Model { get; }

        public Tensor Loss() => Ops.CrossEntropy(
            Model.Forward(Tensor.From(_series, [8, 1, 40], _device)), Tensor.From(_labels, [8], _device));

        /// <summary>Takes steps and gives the last loss.</summary>
        public double Steps(int count)
        {
            var last = double.NaN;
            for (var step = 0; step < count; step++)
            {
                using var scope = new TensorScope();
                _optimizer.ZeroGrad();
                var loss = Loss();
                loss.Backward();
                _optimizer.Step();
                last = loss.Item();
            }

            return last;
        }

        public void Dispose()
        {
            _optimizer.Dispose();
            Model.Dispose();
        }
    }
}
