namespace Spectral.Kernels;

/// <summary>
/// Times work on a CUDA stream by events that the device itself records, to half a microsecond: a clock of the host
/// would measure the launch and the wait as well.
/// </summary>
internal sealed unsafe class CudaStopwatch : IDisposable
{
    private nint _start, _end;

    internal CudaStopwatch()
    {
        _start = Create();
        _end = Create();
    }

    /// <summary>Notes the time when everything queued so far has run.</summary>
    internal void Start(nint stream) => Record(_start, stream);

    /// <summary>Waits for what was queued since, and tells its milliseconds.</summary>
    internal double Stop(nint stream)
    {
        Record(_end, stream);
        CudaDriver.Check(((delegate* unmanaged<nint, int>)CudaDriver.Function("cuEventSynchronize"))(_end));
        float milliseconds;
        CudaDriver.Check(((delegate* unmanaged<float*, nint, nint, int>)CudaDriver.Function("cuEventElapsedTime"))(
            &milliseconds, _start, _end));
        return milliseconds;
    }

    public void Dispose()
    {
        Destroy(ref _start);
        Destroy(ref _end);
    }

    private static nint Create()
    {
        nint made;
        CudaDriver.Check(((delegate* unmanaged<nint*, uint, int>)CudaDriver.Function("cuEventCreate"))(&made, 0));
        return made;
    }

    private static void Record(nint moment, nint stream) => CudaDriver.Check(
        ((delegate* unmanaged<nint, nint, int>)CudaDriver.Function("cuEventRecord"))(moment, stream));

    private static void Destroy(ref nint moment)
    {
        if (moment != 0)
            ((delegate* unmanaged<nint, int>)CudaDriver.Function("cuEventDestroy_v2"))(moment);
        moment = 0;
    }
}
