using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Grid and group of one launch. Grids are always whole groups; kernels check the bound themselves.
/// </summary>
/// <param name="Groups">Number of groups (one dimension).</param>
/// <param name="GroupSize">Work-items in a group.</param>
public readonly record struct LaunchShape(int Groups, int GroupSize)
{
    /// <summary>Shape for a grid-stride loop: no more groups than there is work, nor than the bound.</summary>
    public static LaunchShape Strided(long items, int groupSize, int maxGroups)
    {
        var wanted = (items + groupSize - 1) / groupSize;
        return new LaunchShape((int)Math.Clamp(wanted, 1, maxGroups), groupSize);
    }

    internal KernelConfig Config => new(Groups, GroupSize);
}
