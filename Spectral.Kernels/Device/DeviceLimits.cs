using ILGPU.Runtime;

namespace Spectral.Kernels;

/// <summary>The numbers from which launch shapes are made.</summary>
/// <param name="Cores">Multiprocessors of a GPU, cores of a CPU.</param>
/// <param name="MaxGroupSize">Largest number of work-items in a group.</param>
/// <param name="SharedMemoryBytes">Shared memory a group may use, in bytes.</param>
/// <param name="VectorGroupSize">Group size of a vector-loop kernel.</param>
/// <param name="ElementGroupSize">Group size of an element-wise kernel.</param>
/// <param name="MaxGroups">Bound on the groups of a grid-stride launch.</param>
/// <param name="MaxElementGroups">The same of an element-wise one.</param>
/// <param name="WakeTime">Nanoseconds of one core's work for which no other core is worth waking.</param>
public readonly record struct DeviceLimits(
    int Cores, int MaxGroupSize, int SharedMemoryBytes,
    int VectorGroupSize, int ElementGroupSize, int MaxGroups, int MaxElementGroups, double WakeTime)
{
    private const int PortableSharedMemory = 48 * 1024;

    internal static DeviceLimits Of(Accelerator accelerator, DeviceQuirks quirks)
    {
        var cores = Math.Max(1, accelerator.NumMultiprocessors);
        return new DeviceLimits(
            cores,
            accelerator.MaxNumThreadsPerGroup,
            (int)Math.Min(accelerator.MaxSharedMemoryPerGroup, (long)PortableSharedMemory),
            Math.Min(quirks.VectorGroupSize, accelerator.MaxNumThreadsPerGroup),
            Math.Min(quirks.ElementGroupSize, accelerator.MaxNumThreadsPerGroup),
            cores * quirks.GroupsPerCore,
            quirks.RunsGroupsAsLoops ? int.MaxValue : cores * quirks.GroupsPerCore,
            quirks.WakeTime);
    }

    /// <summary>Launch shape of an element-wise grid-stride kernel over <paramref name="items"/>.</summary>
    public LaunchShape Elements(long items) => LaunchShape.Strided(items, ElementGroupSize, MaxElementGroups);

    /// <summary>
    /// Launch shape of a vector-loop kernel: few, heavy work-items, so more groups than
    /// <see cref="MaxGroups"/> are allowed for load balance.
    /// </summary>
    public LaunchShape Vectors(long items) => LaunchShape.Strided(items, VectorGroupSize, 4 * MaxGroups);
}
