namespace Spectral.Kernels;

/// <summary>The back end that runs the kernels.</summary>
public enum DeviceKind
{
    /// <summary>An NVIDIA GPU through CUDA (PTX compiled by the driver).</summary>
    Cuda,

    /// <summary>An OpenCL device: a GPU, or a CPU run time such as PoCL.</summary>
    OpenCl,

    /// <summary>ILGPU's own CPU device: needs no installation, runs the kernels as .NET code.</summary>
    Cpu,
}
