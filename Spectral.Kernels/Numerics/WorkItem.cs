using ILGPU;

namespace Spectral.Kernels;

/// <summary>Position of a work-item in a one-dimensional grid-stride loop.</summary>
internal static class WorkItem
{
    /// <summary>First index of this work-item.</summary>
    public static int Index => (Grid.IdxX * Group.DimX) + Group.IdxX;

    /// <summary>Stride of the loop: the work-items of the whole grid.</summary>
    public static int Count => Grid.DimX * Group.DimX;
}
