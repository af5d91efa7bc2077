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
    private readonly object _gate = new();
    private readonly T[] _ring;
    private readonly int _total;
    private readonly Action<T, int> _fill;
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _error;
    private int _filled;
    private int _taken; // items handed out; the last of them is still held by the consumer
    private bool _stopped;

    /// <summary>Starts at once.</summary>
    /// <param name="ring">Two items or more, none of them in use elsewhere.</param>
    /// <param name="total">How many times an item is filled.</param>
    /// <param name="fill">Fills an item with the content of a number 0 … total − 1.</param>
    internal Prefetcher(T[] ring, int total, Action<T, int> fill)
    {
        _ring = ring;
        _total = total;
        _fill = fill;
        _thread = new Thread(Produce) { IsBackground = true, Name = "Spectral prefetch" };
        _thread.Start();
    }

    /// <summary>
    /// Gives the last item back and waits for the next.
    /// </summary>
    /// <returns>False at the end, or after <see cref="Stop"/>.</returns>
    internal bool TryTake([NotNullWhen(true)] out T? item)
    {
        lock (_gate)
        {
            item = null;
            if (_taken == _total)
                return false;
            while (_filled == _taken && _error is null && !_stopped)
                Monitor.Wait(_gate);
            if (_stopped)
                return false;
            if (_filled == _taken)
                _error!.Throw();
            item = _ring[_taken % _ring.Length];
            _taken++;
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>Makes both sides end soon; returns at once.</summary>
    internal void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Stops and waits for the thread, so that no item is written to afterwards.</summary>
    public void Dispose()
    {
        Stop();
        _thread.Join();
    }

    private void Produce()
    {
        try
        {
            for (var number = 0; number < _total; number++)
            {
                lock (_gate)
                {
                    // The item that the consumer holds, number _taken - 1, must stay untouched.
                    while (number - (_taken - 1) >= _ring.Length && !_stopped)
                        Monitor.Wait(_gate);
                    if (_stopped)
                        return;
                }
                _fill(_ring[number % _ring.Length], number);
                lock (_gate)
                {
                    _filled = number + 1;
                    Monitor.PulseAll(_gate);
                }
            }
        }
        catch (Exception exception)
        {
            lock (_gate)
            {
                _error = ExceptionDispatchInfo.Capture(exception);
                Monitor.PulseAll(_gate);
            }
        }
    }
}
