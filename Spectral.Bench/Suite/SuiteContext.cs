using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>What every block needs to make its contests.</summary>
internal sealed record SuiteContext(ComputeDevice Device, RivalSet Rivals, SuiteOptions Options)
{
    /// <summary>Whether ours runs on a GPU: PyTorch is then asked for cuDNN, cuFFT and cuBLAS.</summary>
    internal bool IsGpu => Device.Kind == DeviceKind.Cuda;

    internal bool Quick => Options.Quick;

    /// <summary>Our work, queued on the device by one call.</summary>
    /// <param name="run">Queues it; waits for nothing.</param>
    /// <param name="error">Distance from the same in double, or null.</param>
    /// <param name="replay">
    /// Whether it is replayed from a graph where the device can: what is measured is then the device and not the host,
    /// as with the rivals there.
    /// </param>
    /// <param name="held">What to free in the end.</param>
    internal Contender Ours(
        Action run, Func<double>? error = null, bool replay = true, params IDisposable[] held) =>
        new DeviceContender(Device, run, error, replay && IsGpu, held);
}
