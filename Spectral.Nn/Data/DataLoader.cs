using System.Diagnostics;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>How a <see cref="DataLoader"/> makes its batches.</summary>
public readonly record struct DataLoaderOptions()
{
    /// <summary>Samples in a batch.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>A new random order for every epoch; otherwise the order of the data set.</summary>
    public bool Shuffle { get; init; }

    /// <summary>Leaves out a last batch that is not full.</summary>
    public bool DropLast { get; init; }

    /// <summary>Seed of the order and of the transforms.</summary>
    public ulong Seed { get; init; }

    /// <summary>Batches made ahead on a background thread; 0 makes each when it is asked for.</summary>
    public int Prefetch { get; init; } = 2;

    /// <summary>Changes that are made to each sample, in this order.</summary>
    public IReadOnlyList<ISampleTransform> Transforms { get; init; } = [];
}

/// <summary>
/// Delivers a data set in batches. What an epoch delivers is a pure function of data set, options and epoch
/// number: no thread's timing has any part in it, and a resumed run sees what it would have seen.
/// </summary>
public sealed class DataLoader
{
    // The stream of an epoch's order; samples use the streams (epoch << 32) | index, with indices below 2^31.
    private const ulong OrderStream = uint.MaxValue;

    // Keeps the loader's numbers apart from a model's that is seeded with the same number.
    private const ulong LoaderKey = 0xD1B54A32D192ED03;

    private readonly DataLoaderOptions _options;
    private readonly ulong _seed;
    private readonly Stack<Batch> _spare = new();

    /// <summary>Makes a loader; nothing is read before an epoch starts.</summary>
    /// <exception cref="InvalidInputException">A size below its least value, or an empty data
    /// set.</exception>
    public DataLoader(Dataset dataset, DataLoaderOptions options)
    {
        Throw.Unless(
            options.BatchSize > 0, nameof(DataLoader), $"batch size {options.BatchSize}", "1 or more",
            "choose a positive batch size");
        Throw.Unless(
            options.Prefetch >= 0, nameof(DataLoader), $"prefetch {options.Prefetch}", "0 or more",
            "choose 0 to load without a background thread");
        Dataset = dataset;
        _options = options;
        _seed = options.Seed ^ LoaderKey;
        Throw.Unless(
            BatchCount > 0, nameof(DataLoader), $"{dataset.Count} samples in batches of {options.BatchSize}",
            "at least one batch", "choose a smaller batch size or keep the last batch");
    }

    /// <summary>The data set.</summary>
    public Dataset Dataset { get; }

    /// <summary>Batches in an epoch.</summary>
    public int BatchCount => _options.DropLast
        ? Dataset.Count / _options.BatchSize
        : (Dataset.Count + _options.BatchSize - 1) / _options.BatchSize;

    /// <summary>Samples in an epoch: all, unless an incomplete last batch is left out.</summary>
    public int SampleCount => _options.DropLast ? BatchCount * _options.BatchSize : Dataset.Count;

    /// <summary>What has been delivered and how long was waited for it.</summary>
    public LoaderStatistics Statistics { get; } = new();

    /// <summary>The order in which an epoch takes the samples.</summary>
    public int[] Order(int epoch) => _options.Shuffle
        ? new Generator(_seed, ((ulong)epoch << 32) | OrderStream).Permutation(Dataset.Count)
        : [.. Enumerable.Range(0, Dataset.Count)];

    /// <summary>
    /// The batches of one epoch. A batch is valid until the next is asked for. Leaving the loop early stops
    /// the background thread; an exception on that thread is thrown here, behind the batches before it.
    /// </summary>
    /// <param name="epoch">0 or more.</param>
    /// <param name="cancellation">Ends the loop with <see cref="OperationCanceledException"/>.</param>
    public IEnumerable<Batch> Epoch(int epoch, CancellationToken cancellation = default)
    {
        Throw.Unless(epoch >= 0, nameof(Epoch), $"epoch {epoch}", "0 or more", "count epochs from 0");
        var batches = _options.Prefetch == 0 ? OnDemand(epoch) : Ahead(epoch, cancellation);
        return Deliver(batches, cancellation);
    }

    private IEnumerable<Batch> Deliver(IEnumerable<Batch> batches, CancellationToken cancellation)
    {
        using var source = batches.GetEnumerator();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var asked = Stopwatch.GetTimestamp();
            var more = source.MoveNext();
            var given = Stopwatch.GetTimestamp();
            Statistics.AddWait(given - asked);
            if (!more)
                yield break;
            Statistics.AddBatch(source.Current.Count);
            yield return source.Current;
            Statistics.AddUse(Stopwatch.GetTimestamp() - given);
        }
    }

    private IEnumerable<Batch> OnDemand(int epoch)
    {
        var batch = Rent();
        try
        {
            var order = Order(epoch);
            var random = new Generator(_seed);
            for (var number = 0; number < BatchCount; number++)
            {
                Fill(batch, order, number, epoch, random);
                yield return batch;
            }
        }
        finally
        {
            Return(batch);
        }
    }

    private IEnumerable<Batch> Ahead(int epoch, CancellationToken cancellation)
    {
        // One batch more than is made ahead: the consumer holds one.
        var batches = new Batch[_options.Prefetch + 1];
        for (var i = 0; i < batches.Length; i++)
            batches[i] = Rent();
        var order = Order(epoch);
        var random = new Generator(_seed);
        var prefetcher = new Prefetcher<Batch>(
            batches, BatchCount, (batch, number) => Fill(batch, order, number, epoch, random));
        // The token also wakes a consumer that is waiting for a slow data set.
        using var registration = cancellation.Register(prefetcher.Stop);
        try
        {
            while (prefetcher.TryTake(out var batch))
                yield return batch;
            cancellation.ThrowIfCancellationRequested();
        }
        finally
        {
            prefetcher.Dispose();
            foreach (var batch in batches)
                Return(batch);
        }
    }

    private void Fill(Batch batch, int[] order, int number, int epoch, Generator random)
    {
        var first = number * _options.BatchSize;
        batch.SetCount(Math.Min(_options.BatchSize, Dataset.Count - first));
        for (var i = 0; i < batch.Count; i++)
        {
            var index = order[first + i];
            var sample = batch.Sample(i);
            batch.Indices[i] = index;
            batch.Labels[i] = Dataset.Labels[index];
            Dataset.CopySample(index, sample);
            if (_options.Transforms.Count == 0)
                continue;
            random.Reset(_seed, ((ulong)epoch << 32) | (uint)index);
            foreach (var transform in _options.Transforms)
                transform.Apply(sample, Dataset.SampleShape, random);
        }
    }

    private Batch Rent()
    {
        lock (_spare)
            return _spare.TryPop(out var batch) ? batch : new Batch(_options.BatchSize, Dataset);
    }

    private void Return(Batch batch)
    {
        lock (_spare)
            _spare.Push(batch);
    }
}
