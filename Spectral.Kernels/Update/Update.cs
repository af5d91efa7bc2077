using System.Numerics;

namespace Spectral.Kernels;

/// <summary>Optimiser steps on device arrays, in place: several arrays in a launch, on CPUs small ones.</summary>
public static class Update
{
    private static readonly CandidateList<int, Way> Candidates = new("update",
        new("together", (device, _) => device.Quirks.RunsTiles, (_, arrays) => arrays > 1, Way.Together),
        new("each", (_, _) => true, (_, _) => true, Way.Each));

    /// <summary>
    /// Elements up to which an array takes a CPU less time than a launch; to look for the array of every chunk would hold up
    /// larger ones, which are always alone there.
    /// </summary>
    private const int SmallArray = 1 << 12;

    private enum Way
    {
        Together,
        Each,
    }

    /// <summary>Names of the ways that work on a device.</summary>
    public static IReadOnlyList<string> Ways(ComputeDevice device) => Candidates.Legal(device, 0);

    /// <summary>One step of stochastic gradient descent, as PyTorch's <c>SGD</c> defines it.</summary>
    /// <param name="updates">The arrays, each of its own element type and device.</param>
    /// <param name="way">Forces a way of <see cref="Ways"/>.</param>
    /// <exception cref="InvalidInputException">Lengths or element types differ.</exception>
    public static void Sgd(IReadOnlyList<SgdUpdate> updates, string? way = null)
    {
        foreach (var u in updates)
            Check("sgd", u.Parameter, u.Gradient, u.Momentum ?? u.Gradient);
        Sgd<float, FloatMath>(updates.Where(u => u.Parameter.DType == DType.Float32), way);
        Sgd<double, DoubleMath>(updates.Where(u => u.Parameter.DType == DType.Float64), way);
    }

    /// <summary>One step of Adam or AdamW, as PyTorch defines them.</summary>
    /// <param name="updates">The arrays, each of its own element type and device.</param>
    /// <param name="way">Forces a way of <see cref="Ways"/>.</param>
    /// <exception cref="InvalidInputException">Lengths or element types differ.</exception>
    public static void Adam(IReadOnlyList<AdamUpdate> updates, string? way = null)
    {
        foreach (var u in updates)
            Check("adam", u.Parameter, u.Gradient, u.First, u.Second);
        Adam<float, FloatMath>(updates.Where(u => u.Parameter.DType == DType.Float32), way);
        Adam<double, DoubleMath>(updates.Where(u => u.Parameter.DType == DType.Float64), way);
    }

    private static void Sgd<T, TMath>(IEnumerable<SgdUpdate> updates, string? way)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        Run(
            updates.Where(u => u.Momentum is null).GroupBy(
                u => (u.Parameter.Device, Plain<T, TMath>(u)),
                u => Slot<T>(u.Parameter, u.Gradient, u.Parameter, u.Parameter)), way);
        Run(
            updates.Where(u => u.Momentum is not null).GroupBy(
                u => (u.Parameter.Device, WithMomentum<T, TMath>(u)),
                u => Slot<T>(u.Parameter, u.Gradient, u.Momentum!, u.Momentum!)), way);
    }

    private static void Adam<T, TMath>(IEnumerable<AdamUpdate> updates, string? way)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T> =>
        Run(
            updates.GroupBy(
                u => (u.Parameter.Device, Adam<T, TMath>(u)),
                u => Slot<T>(u.Parameter, u.Gradient, u.First, u.Second)), way);

    private static SgdRule<T> Plain<T, TMath>(SgdUpdate u)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T> =>
        new()
        {
            LearningRate = TMath.FromDouble(u.Settings.LearningRate),
            WeightDecay = TMath.FromDouble(u.Settings.WeightDecay),
        };

    private static MomentumRule<T> WithMomentum<T, TMath>(SgdUpdate u)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T> =>
        new()
        {
            LearningRate = TMath.FromDouble(u.Settings.LearningRate),
            Momentum = TMath.FromDouble(u.Settings.Momentum),
            OneMinusDampening = TMath.FromDouble(1 - u.Settings.Dampening),
            WeightDecay = TMath.FromDouble(u.Settings.WeightDecay),
            Nesterov = u.Settings.Nesterov ? 1 : 0,
            FirstStep = u.IsFirst ? 1 : 0,
        };

    private static AdamRule<T, TMath> Adam<T, TMath>(AdamUpdate u)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        var (s, step) = (u.Settings, u.Step);
        return new()
        {
            Beta1 = TMath.FromDouble(s.Beta1),
            Beta2 = TMath.FromDouble(s.Beta2),
            OneMinusBeta1 = TMath.FromDouble(1 - s.Beta1),
            OneMinusBeta2 = TMath.FromDouble(1 - s.Beta2),
            StepSize = TMath.FromDouble(s.LearningRate / (1 - Math.Pow(s.Beta1, step))),
            RootCorrection = TMath.FromDouble(1 / Math.Sqrt(1 - Math.Pow(s.Beta2, step))),
            Epsilon = TMath.FromDouble(s.Epsilon),
            CoupledDecay = TMath.FromDouble(s.Decoupled ? 0 : s.WeightDecay),
            Shrink = TMath.FromDouble(s.Decoupled ? 1 - (s.LearningRate * s.WeightDecay) : 1),
        };
    }

    private static UpdateSlot<T> Slot<T>(
        DeviceArray parameter, DeviceArray gradient, DeviceArray first, DeviceArray second)
        where T : unmanaged, INumber<T>
    {
        parameter.MarkChanged();
        return new()
        {
            Parameter = parameter.View<T>(),
            Gradient = gradient.View<T>(),
            First = first.View<T>(),
            Second = second.View<T>(),
        };
    }

    private static void Run<T, TRule>(
        IEnumerable<IGrouping<(ComputeDevice Device, TRule Rule), UpdateSlot<T>>> groups, string? way)
        where T : unmanaged, INumber<T>
        where TRule : unmanaged, IUpdateRule<TRule, T>
    {
        foreach (var group in groups)
        {
            var (device, rule) = group.Key;
            var most = Candidates.Choose(device, group.Count(), way).Run == Way.Each ? -1
                : device.Quirks.RunsGroupsAsLoops ? SmallArray
                : long.MaxValue;
            foreach (var slots in group.Where(s => s.Parameter.Length <= most).Chunk(UpdateSlots<T>.Count))
                Together(device, slots, rule);
            foreach (var s in group.Where(s => s.Parameter.Length > most))
                device.Launch(
                    UpdateKernels.Each, device.Limits.Elements(s.Parameter.Length),
                    s.Parameter, s.Gradient, s.First, s.Second, rule);
        }
    }

    private static void Together<T, TRule>(ComputeDevice device, UpdateSlot<T>[] slots, TRule rule)
        where T : unmanaged, INumber<T>
        where TRule : unmanaged, IUpdateRule<TRule, T>
    {
        var group = device.Limits.ElementGroupSize;
        var chunks = 0;
        var arguments = default(UpdateSlots<T>);
        for (var place = 0; place < UpdateSlots<T>.Count; place++)
        {
            // Places that are left over hold the last array again, which has no chunk more.
            var slot = slots[Math.Min(place, slots.Length - 1)];
            if (place < slots.Length)
                chunks += GemmPlan.Blocks(slot.Parameter.IntLength, group * UpdateKernels.PerItem);
            slot.End = chunks;
            arguments.Put(place, slot);
        }

        device.Launch(
            UpdateKernels.Together, new LaunchShape(Math.Clamp(chunks, 1, device.Limits.MaxElementGroups), group),
            arguments, rule, chunks);
    }

    private static void Check(string operation, DeviceArray p, params ReadOnlySpan<DeviceArray> others)
    {
        foreach (var other in others)
            Throw.Unless(
                other.Length == p.Length && other.DType == p.DType && p.DType.IsReal(), operation,
                $"{p.Length} {p.DType} parameters with {other.Length} {other.DType}",
                "equal lengths and one real type", "make gradient and state like the parameter");
    }
}
