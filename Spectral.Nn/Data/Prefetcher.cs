using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Spectral.Nn;

/// <summary>
/// A background thread that fills a ring of reusable items ahead of one consumer, who holds one item at a
/// time. Plain monitor waits: no step allocates.
/// </summary>
internal sealed class Prefetcher<T> : IDisposable
    where T : class
{
    private readonly object gate = new();
    private readonly T[] ring;
    private readonly int total;
    private readonly Action<T, int> fill;
    private readonly Thread thread;
    private ExceptionDispatchInfo? error;
    private int filled;
    private int taken; // items handed out; the last of them is still held by the consumer
    private bool stopped;

    /// <summary>Starts at once.</summary>
    /// <param name="ring">Two items or more, none of them in use elsewhere.</param>
    /// <param name="total">How many times an item is filled.</param>
    /// <param name="fill">Fills an item with the content of a number 0 … total − 1.</param>
    internal Prefetcher(T[] ring, int total, Action<T, int> fill)
    {
        this.ring = ring;
        this.total = total;
        this.fill = fill;
        thread = new Thread(Produce) { IsBackground = true, Name = "Spectral prefetch" };
        thread.Start();
    }

    /// <summary>
    /// Gives the last item back and waits for the next.
    /// </summary>
    /// <returns>False at the end, or after <see cref="Stop"/>.</returns>
    internal bool TryTake([NotNullWhen(true)] out T? item)
    {
        lock (gate)
        {
            item = null;
            if (taken == total)
                return false;
            while (filled == taken && error is null && !stopped)
                Monitor.Wait(gate);
            if (stopped)
                return false;
            if (filled == taken)
                error!.Throw();
            item = ring[taken % ring.Length];
            taken++;
            Monitor.PulseAll(gate);
            return true;
        }
    }

    /// <summary>Makes both sides end soon; returns at once.</summary>
    internal void Stop()
    {
        lock (gate)
        {
            stopped = true;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Stops and waits for the thread, so that no item is written to afterwards.</summary>
    public void Dispose()
    {
        Stop();
        thread.Join();
    }

    private void Produce()
    {
        try
        {
            for (var number = 0; number < total; number++)
            {
                lock (gate)
                {
                    // The item that the consumer holds, number taken - 1, must stay untouched.
                    while (number - (taken - 1) >= ring.Length && !stopped)
                        Monitor.Wait(gate);
                    if (stopped)
                        return;
                }
                fill(ring[number % ring.Length], number);
                lock (gate)
                {
                    filled = number + 1;
                    Monitor.PulseAll(gate);
                }
            }
        }
        catch (Exception exception)
        {
            lock (gate)
            {
                error = ExceptionDispatchInfo.Capture(exception);
                Monitor.PulseAll(gate);
            }
        }
    }
}
