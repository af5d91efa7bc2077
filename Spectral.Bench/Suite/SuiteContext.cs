using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>What every block needs to make its contests.</summary>
internal sealed record SuiteContext(ComputeDevice Device, RivalSet Rivals, SuiteOptions Options)
{
    /// <summary>Whether ours runs on a GPU: PyTorch is then asked for cuDNN, cuFFT and cuBLAS.</summary>
    internal bool IsGpu => Device.Kind == DeviceKind.Cuda;

    internal bool Quick => Options.Quick;
}
