using ILGPU;

namespace Spectral.Kernels;

/// <summary>Position of a work-item in a one-dimensional grid, for loops with a stride or over a share.</summary>
internal static class WorkItem
{
    /// <summary>First index of this work-item.</summary>
    public static int Index => (Grid.IdxX * Group.DimX) + Group.IdxX;

    /// <summary>Stride of the loop: the work-items of the whole grid.</summary>
    public static int Count => Grid.DimX * Group.DimX;

    /// <summary>The first of this work-item's share of some pieces of work, which are neighbours.</summary>
    public static int First(long pieces) => (int)(pieces * Index / Count);

    /// <summary>The piece after the last of its share.</summary>
    public static int End(long pieces) => (int)(pieces * (Index + 1) / Count);
}
