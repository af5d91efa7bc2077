using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>What a normalising pass adds to an element: that of another array, or nothing.</summary>
internal interface IResidual<T> where T : unmanaged, INumber<T>
{
    /// <summary>The value with what is added to element <paramref name="i"/>.</summary>
    static abstract T Add(T value, ArrayView<T> residual, int i);
}

/// <summary>Nothing is added; the array may be any.</summary>
internal readonly struct NoResidual<T> : IResidual<T> where T : unmanaged, INumber<T>
{
    public static T Add(T value, ArrayView<T> residual, int i) => value;
}

/// <summary>The short cut of a residual block is added (He et al. 2016).</summary>
internal readonly struct AddedResidual<T> : IResidual<T> where T : unmanaged, INumber<T>
{
    public static T Add(T value, ArrayView<T> residual, int i) => value + residual[i];
}
