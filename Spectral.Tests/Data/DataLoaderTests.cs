using NUnit.Framework;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests;

public sealed class DataLoaderTests
{
    [Test]
    public void DeliversEverySampleOnceInTheOrderOfSeedAndEpoch([Values(0, 1, 3)] int prefetch)
    {
        var data = Numbered(103);
        var loader = new DataLoader(
            data, new() { BatchSize = 10, Shuffle = true, Seed = 5, Prefetch = prefetch });
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var seen = new List<int>();
            foreach (var batch in loader.Epoch(epoch))
            {
                Assert.That(batch.Shape, Is.EqualTo(new[] { seen.Count < 100 ? 10 : 3, 1, 2 }));
                Assert.That(batch.ValueSpan.Length, Is.EqualTo(batch.Count * 2));
                for (var i = 0; i < batch.Count; i++)
                {
                    Assert.That(batch.Values[2 * i], Is.EqualTo(batch.Indices[i]));
                    Assert.That(batch.LabelSpan[i], Is.EqualTo(data.Labels[batch.Indices[i]]));
                    seen.Add(batch.Indices[i]);
                }
            }
            Assert.That(seen, Is.EqualTo(loader.Order(epoch)));
            Assert.That(seen.Order(), Is.EqualTo(Enumerable.Range(0, 103)));
        }
        Assert.That(loader.Order(0), Is.Not.EqualTo(loader.Order(1)));
        Assert.That(loader.Statistics.Batches, Is.EqualTo(33));
        Assert.That(loader.Statistics.Samples, Is.EqualTo(309));
    }

    [Test]
    public void KeepsTheOrderOfTheDataAndDropsTheLastBatchWhenAsked()
    {
        var loader = new DataLoader(Numbered(25), new() { BatchSize = 10, DropLast = true });
        var seen = loader.Epoch(0).SelectMany(batch => batch.Indices[..batch.Count]).ToArray();
        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, 20)));
        Assert.That((loader.BatchCount, loader.SampleCount), Is.EqualTo((2, 20)));
    }

    [Test]
    public void TransformsDependOnSeedEpochAndSampleAlone()
    {
        var plain = Run(batchSize: 7, prefetch: 0, shuffle: false, epoch: 4, slow: false);
        Assert.That(Run(batchSize: 3, prefetch: 2, shuffle: true, epoch: 4, slow: false), Is.EqualTo(plain));
        Assert.That(Run(batchSize: 7, prefetch: 5, shuffle: true, epoch: 4, slow: true), Is.EqualTo(plain));
        Assert.That(
            Run(batchSize: 7, prefetch: 0, shuffle: false, epoch: 5, slow: false), Is.Not.EqualTo(plain));

        static float[] Run(int batchSize, int prefetch, bool shuffle, int epoch, bool slow)
        {
            var options = new DataLoaderOptions
            {
                BatchSize = batchSize,
                Prefetch = prefetch,
                Shuffle = shuffle,
                Seed = 1,
                Transforms = [new Jitter()],
            };
            var values = new float[40];
            foreach (var batch in new DataLoader(Numbered(40), options).Epoch(epoch))
            {
                if (slow)
                    Thread.Sleep(1);
                for (var i = 0; i < batch.Count; i++)
                    values[batch.Indices[i]] = batch.Values[2 * i];
            }
            return values;
        }
    }

    [Test]
    public void ABatchStaysUntouchedWhileItIsHeld([Values(1, 4)] int prefetch)
    {
        var loader = new DataLoader(Numbered(64), new() { BatchSize = 2, Prefetch = prefetch });
        foreach (var batch in loader.Epoch(0))
        {
            var before = batch.ValueSpan.ToArray();
            Thread.Sleep(2); // time for the thread to run as far ahead as it can
            Assert.That(batch.ValueSpan.ToArray(), Is.EqualTo(before));
        }
    }

    [Test]
    public void LeavingTheLoopStopsTheThreadAndTheBatchesAreUsedAgain()
    {
        var data = new Probe(1000);
        var loader = new DataLoader(data, new() { BatchSize = 1, Prefetch = 3 });
        var used = new HashSet<Batch>();
        for (var epoch = 0; epoch < 20; epoch++)
        {
            foreach (var batch in loader.Epoch(epoch))
            {
                used.Add(batch);
                if (batch.Indices[0] == 5)
                    break;
            }
            var reads = data.Reads;
            Thread.Sleep(1);
            Assert.That(data.Reads, Is.EqualTo(reads), "nothing is read after the loop was left");
        }
        Assert.That(used, Has.Count.EqualTo(4));
        Assert.That(data.Reads, Is.LessThanOrEqualTo(20 * 9));
    }

    [Test]
    public void AnErrorOfTheThreadReachesTheLoopBehindTheBatchesBeforeIt([Values(0, 2)] int prefetch)
    {
        var loader = new DataLoader(new Probe(10, failAt: 6), new() { BatchSize = 2, Prefetch = prefetch });
        var delivered = 0;
        var error = Assert.Throws<DataFormatException>(() =>
        {
            foreach (var batch in loader.Epoch(0))
                delivered += batch.Count;
        });
        Assert.That(error!.Operation, Is.EqualTo("probe"));
        Assert.That(delivered, Is.EqualTo(6));
    }

    [Test]
    public void CancellationEndsEvenAWaitForSlowData([Values(0, 2)] int prefetch)
    {
        using var source = new CancellationTokenSource();
        var loader = new DataLoader(new Probe(1000, delay: 1), new() { BatchSize = 5, Prefetch = prefetch });
        var delivered = 0;
        Assert.That(
            () =>
            {
                foreach (var batch in loader.Epoch(0, source.Token))
                {
                    if (++delivered == 3)
                        source.Cancel();
                }
            },
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(delivered, Is.EqualTo(3));
    }

    [Test]
    public void MeasuresWaiting()
    {
        var loader = new DataLoader(new Probe(10, delay: 2), new() { BatchSize = 5, Prefetch = 1 });
        Assert.That(loader.Epoch(0).Count(), Is.EqualTo(2));
        Assert.That(loader.Statistics.WaitSeconds, Is.GreaterThan(0.015));
        Assert.That(loader.Statistics.Seconds, Is.GreaterThanOrEqualTo(loader.Statistics.WaitSeconds));
        Assert.That(loader.Statistics.WaitShare, Is.InRange(0.5, 1), "nothing is done with the batches");
        loader.Statistics.Reset();
        Assert.That(loader.Statistics.WaitSeconds, Is.Zero);
        Assert.That(loader.Statistics.WaitShare, Is.Zero);
    }

    [Test]
    public void ABatchOfImagesIsReadyBeforeAStepEnds()
    {
        const int count = 2560, size = 3 * 32 * 32;
        var pixels = new byte[count * size];
        var images = new ImageDataset(pixels, [3, 32, 32], new int[count], ["a"]);
        var loader = new DataLoader(images, new()
        {
            BatchSize = 128,
            Shuffle = true,
            Transforms = [new RandomCrop(), new RandomHorizontalFlip(), Normalization.Cifar],
        });
        // The best of several epochs: other work on the machine may hold any one up.
        var best = 1.0;
        for (var epoch = 0; epoch < 5 && best > Tolerances.LoaderWaitShare; epoch++)
        {
            loader.Statistics.Reset();
            foreach (var batch in loader.Epoch(epoch))
                Thread.Sleep(20);
            Assert.That(loader.Statistics.Seconds, Is.GreaterThan(0.4));
            best = Math.Min(best, loader.Statistics.WaitShare);
        }
        Assert.That(best, Is.LessThanOrEqualTo(Tolerances.LoaderWaitShare));
    }

    [Test]
    public void RefusesWhatCannotBe()
    {
        var data = Numbered(5);
        Assert.That(
            () => new DataLoader(data, new() { BatchSize = 0 }), Throws.TypeOf<InvalidInputException>());
        Assert.That(
            () => new DataLoader(data, new() { Prefetch = -1 }), Throws.TypeOf<InvalidInputException>());
        Assert.That(
            () => new DataLoader(data, new() { BatchSize = 6, DropLast = true }),
            Throws.TypeOf<InvalidInputException>());
        Assert.That(() => new DataLoader(data, new()).Epoch(-1), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => data.CopySample(5, new float[2]), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => data.CopySample(0, new float[3]), Throws.TypeOf<InvalidInputException>());
        Assert.That(
            () => new InMemoryDataset(new float[4], [1, 2], [0, 2], ["a", "b"]),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("label 2 at sample 1"));
        Assert.That(
            () => new InMemoryDataset(new float[5], [1, 2], [0, 1], ["a", "b"]),
            Throws.TypeOf<InvalidInputException>());
    }

    // Sample i holds (i, -i) and belongs to class i % 3.
    private static InMemoryDataset Numbered(int count) => new(
        [.. Enumerable.Range(0, count).SelectMany(i => new float[] { i, -i })], [1, 2],
        [.. Enumerable.Range(0, count).Select(i => i % 3)], ["a", "b", "c"]);

    private sealed class Jitter : ISampleTransform
    {
        public void Apply(Span<float> sample, ReadOnlySpan<int> shape, Generator random) =>
            sample[0] += (float)random.NextDouble() * shape[^1];
    }

    private sealed class Probe(int count, int failAt = -1, int delay = 0)
        : Dataset([1], new int[count], ["a"])
    {
        private int reads;

        public int Reads => Volatile.Read(ref reads);

        protected override void CopySampleCore(int index, Span<float> destination)
        {
            Interlocked.Increment(ref reads);
            if (delay > 0)
                Thread.Sleep(delay);
            if (index == failAt)
                throw new DataFormatException("probe", "a bad sample", "good ones", "none");
            destination[0] = index;
        }
    }
}
