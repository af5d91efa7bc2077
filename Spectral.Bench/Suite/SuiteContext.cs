using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>What every block needs to make its contests.</summary>
internal sealed record SuiteContext(ComputeDevice Device, RivalSet Rivals, SuiteOptions Options)
{
    /// <summary>Whether ours runs on a GPU: PyTorch is then asked for cuDNN, cuFFT and cuBLAS.</summary>
    internal bool IsGpu => Device.Kind == DeviceKind.Cuda;

    /// <summary>Runs of one graph for work of a few kernels, ours and rivals' alike.</summary>
    internal const int GraphRuns = 8;

    internal bool Quick => Options.Quick;

    /// <summary>Our work, queued on the device by one call.</summary>
    /// <param name="run">Queues it; waits for nothing.</param>
    /// <param name="error">Distance from the same in double, or null.</param>
    /// <param name="graphRuns">
    /// How many runs a graph holds that is replayed where the device can, or 0 for launch by launch. Of several it is the
    /// device that is measured, and neither the host nor what lies between two graphs; rivals there do the same.
    /// </param>
    /// <param name="held">What to free in the end.</param>
    internal Contender Ours(
        Action run, Func<double>? error = null, int graphRuns = GraphRuns, params IDisposable[] held) =>
        new DeviceContender(Device, run, error, IsGpu ? graphRuns : 0, held);
}
