using System.Diagnostics;

namespace Spectral.Nn;

/// <summary>What a loader has delivered, and how long its consumer had to wait for it.</summary>
public sealed class LoaderStatistics
{
    private long _waitTicks;
    private long _useTicks;

    /// <summary>Batches delivered since the start or the last <see cref="Reset"/>.</summary>
    public long Batches { get; private set; }

    /// <summary>Samples delivered.</summary>
    public long Samples { get; private set; }

    /// <summary>Seconds that the consumer waited; near zero if prefetching keeps up.</summary>
    public double WaitSeconds => (double)_waitTicks / Stopwatch.Frequency;

    /// <summary>Seconds from the starts of the epochs to the last request: waiting and working.</summary>
    public double Seconds => (double)(_waitTicks + _useTicks) / Stopwatch.Frequency;

    /// <summary>Share of <see cref="Seconds"/> that the consumer waited, 0 … 1.</summary>
    public double WaitShare => _waitTicks == 0 ? 0 : (double)_waitTicks / (_waitTicks + _useTicks);

    /// <summary>Starts counting anew.</summary>
    public void Reset() => (_waitTicks, _useTicks, Batches, Samples) = (0, 0, 0, 0);

    internal void AddUse(long ticks) => _useTicks += ticks;

    internal void AddWait(long ticks) => _waitTicks += ticks;

    internal void AddBatch(int samples)
    {
        Batches++;
        Samples += samples;
    }
}
