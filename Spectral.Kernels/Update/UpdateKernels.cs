using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Fused optimiser steps: one pass over parameter, gradient and state.</summary>
internal sealed class UpdateKernels : IKernelForms
{
    /// <summary>Elements of a chunk for each work-item of a group.</summary>
    internal const int PerItem = 4;

    public static IEnumerable<Delegate> Forms() =>
    [
        .. Forms<float, FloatMath>(),
        .. Forms<double, DoubleMath>(),
    ];

    /// <summary>One array.</summary>
    internal static void Each<T, TRule>(
        ArrayView<T> p, ArrayView<T> g, ArrayView<T> first, ArrayView<T> second, TRule rule)
        where T : unmanaged, INumber<T>
        where TRule : unmanaged, IUpdateRule<TRule, T>
    {
        for (var i = WorkItem.Index; i < p.IntLength; i += WorkItem.Count)
            TRule.Apply(rule, p, g, first, second, i);
    }

    /// <summary>Several arrays by one rule, a group to a chunk.</summary>
    internal static void Together<T, TRule>(UpdateSlots<T> slots, TRule rule, int chunks)
        where T : unmanaged, INumber<T>
        where TRule : unmanaged, IUpdateRule<TRule, T>
    {
        for (var chunk = Grid.IdxX; chunk < chunks; chunk += Grid.DimX)
        {
            var slot = UpdateSlots<T>.Of(slots, chunk, out var first);
            var start = (chunk - first) * PerItem * Group.DimX;
            var end = Math.Min(start + (PerItem * Group.DimX), slot.Parameter.IntLength);
            for (var i = start + Group.IdxX; i < end; i += Group.DimX)
                TRule.Apply(rule, slot.Parameter, slot.Gradient, slot.First, slot.Second, i);
        }
    }

    private static IEnumerable<Delegate> Forms<T, TMath>()
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T> =>
    [
        .. Forms<T, SgdRule<T>>(default),
        .. Forms<T, MomentumRule<T>>(default),
        .. Forms<T, AdamRule<T, TMath>>(default),
    ];

    private static IEnumerable<Delegate> Forms<T, TRule>(TRule _)
        where T : unmanaged, INumber<T>
        where TRule : unmanaged, IUpdateRule<TRule, T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, TRule>)Each,
        (Action<UpdateSlots<T>, TRule, int>)Together,
    ];
}
