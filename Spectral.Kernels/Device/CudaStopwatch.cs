namespace Spectral.Kernels;

/// <summary>
/// Times work on a CUDA stream by moments that the device itself notes, to half a microsecond: a clock of the host
/// would measure the launch and the wait as well.
/// </summary>
internal sealed class CudaStopwatch : IDisposable
{
    private readonly CudaEvent _start = new(isTimed: true), _end = new(isTimed: true);

    /// <summary>Notes the time when everything queued so far has run.</summary>
    internal void Start(nint stream) => _start.Record(stream);

    /// <summary>Waits for what was queued since, and tells its milliseconds.</summary>
    internal double Stop(nint stream)
    {
        _end.Record(stream);
        return _end.MillisecondsSince(_start);
    }

    public void Dispose()
    {
        _start.Dispose();
        _end.Dispose();
    }
}
