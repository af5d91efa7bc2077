namespace Spectral.Kernels;

/// <summary>A moment in the work of a CUDA stream.</summary>
internal sealed unsafe class CudaEvent : IDisposable
{
    private const uint WithoutTime = 2;

    private nint _event;

    /// <param name="isTimed">Whether the device notes the time.</param>
    internal CudaEvent(bool isTimed)
    {
        nint made;
        CudaDriver.Check(((delegate* unmanaged<nint*, uint, int>)CudaDriver.Function("cuEventCreate"))(
            &made, isTimed ? 0 : WithoutTime));
        _event = made;
    }

    /// <summary>The moment when everything queued on a stream so far has run.</summary>
    internal void Record(nint stream) => CudaDriver.Check(
        ((delegate* unmanaged<nint, nint, int>)CudaDriver.Function("cuEventRecord"))(_event, stream));

    /// <summary>What is queued on a stream from now on waits for it.</summary>
    internal void HoldUp(nint stream) => CudaDriver.Check(
        ((delegate* unmanaged<nint, nint, uint, int>)CudaDriver.Function("cuStreamWaitEvent"))(stream, _event, 0));

    /// <summary>Waits for it, and tells the milliseconds from an earlier one on.</summary>
    internal double MillisecondsSince(CudaEvent earlier)
    {
        CudaDriver.Check(((delegate* unmanaged<nint, int>)CudaDriver.Function("cuEventSynchronize"))(_event));
        float milliseconds;
        CudaDriver.Check(((delegate* unmanaged<float*, nint, nint, int>)CudaDriver.Function("cuEventElapsedTime"))(
            &milliseconds, earlier._event, _event));
        return milliseconds;
    }

    public void Dispose()
    {
        if (_event != 0)
            ((delegate* unmanaged<nint, int>)CudaDriver.Function("cuEventDestroy_v2"))(_event);
        _event = 0;
    }
}
