using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace Spectral.Kernels;

/// <summary>
/// Oddities of device families, in one table: no other file asks for a vendor or a driver by name.
/// </summary>
/// <param name="Family">Name of the row that matched, for reports.</param>
/// <param name="AssumeGenericAddressSpace">
/// The driver runs ILGPU's kernels correctly but does not report the generic address space (PoCL 3.1).
/// </param>
/// <param name="VectorGroupSize">Work-items in a group of a vector-loop kernel.</param>
/// <param name="ElementGroupSize">Work-items in a group of an element-wise kernel.</param>
/// <param name="GroupsPerCore">Groups in flight for each multiprocessor; bounds the grid.</param>
/// <param name="PrefersVectorLoops">Whether vector-loop kernels beat shared-memory tiles.</param>
/// <param name="RunsTiles">Whether kernels with barriers in groups of 64 and more are usable at all.</param>
/// <param name="WakeTime">
/// Nanoseconds of one core's work below which a launch is over sooner if no other core joins in.
/// </param>
public sealed record DeviceQuirks(
    string Family,
    bool AssumeGenericAddressSpace,
    int VectorGroupSize,
    int ElementGroupSize,
    int GroupsPerCore,
    bool PrefersVectorLoops,
    bool RunsTiles,
    double WakeTime = 0)
{
    /// <summary>
    /// Whether a core runs the work-items of a group one after another. A grid-stride loop then must not
    /// come round again: each work-item would walk through all of memory by itself, with a cache line for
    /// each element (ReLU of 2M floats on 2 cores: 14.7 ms, with a group for every 64 elements 0.8).
    /// </summary>
    internal bool RunsGroupsAsLoops => PrefersVectorLoops && ElementGroupSize > 1;

    /// <summary>CUDA: full groups, enough of them to hide latency.</summary>
    internal static readonly DeviceQuirks CudaGpu = new("cuda", false, 128, 256, 16, false, true);

    /// <summary>An OpenCL GPU.</summary>
    internal static readonly DeviceQuirks OpenClGpu = new("opencl-gpu", false, 64, 256, 16, false, true);

    /// <summary>
    /// PoCL compiles a group to a loop on one core. Groups of 8 keep every core busy and vectorise
    /// (measured: one huge automatic group leaves a core idle, 37 against 90 GFLOP/s). Its threads sleep between launches;
    /// those that wake up and find nothing left hold up the one that works (measured on two cores: layers of series of 24
    /// samples take two thirds of the time with one work-item a launch).
    /// </summary>
    internal static readonly DeviceQuirks Pocl = new("pocl", true, 8, 64, 16, true, true, 70_000);

    /// <summary>Another OpenCL run time on a CPU.</summary>
    internal static readonly DeviceQuirks OpenClCpu = new("opencl-cpu", false, 8, 64, 16, true, true);

    /// <summary>
    /// ILGPU's CPU device simulates work-items with threads: a barrier in a group of 16 costs 0.2 ms,
    /// in a group of 1 nothing, so groups are single work-items.
    /// </summary>
    internal static readonly DeviceQuirks IlgpuCpu = new("ilgpu-cpu", false, 1, 1, 1, true, false);

    internal static DeviceQuirks Of(Device device) => device switch
    {
        CLDevice cl when cl.PlatformName.Contains("Portable Computing Language", StringComparison.Ordinal)
            => Pocl,
        CLDevice cl when cl.DeviceType.HasFlag(CLDeviceType.CL_DEVICE_TYPE_CPU) => OpenClCpu,
        CLDevice => OpenClGpu,
        { AcceleratorType: AcceleratorType.Cuda } => CudaGpu,
        _ => IlgpuCpu,
    };
}
