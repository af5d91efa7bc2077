using System.Numerics;

namespace Spectral.Kernels;

/// <summary>Optimiser steps on device arrays, in place.</summary>
public static class Update
{
    /// <summary>One step of stochastic gradient descent, as PyTorch's <c>SGD</c> defines it.</summary>
    /// <param name="p">Parameters; changed.</param>
    /// <param name="g">Their gradients.</param>
    /// <param name="momentum">Momentum buffer, changed; null without momentum.</param>
    /// <param name="firstStep">Whether the buffer holds nothing yet.</param>
    /// <param name="settings">Learning rate and the rest.</param>
    /// <exception cref="InvalidInputException">Lengths or element types differ.</exception>
    public static void Sgd(
        DeviceArray p, DeviceArray g, DeviceArray? momentum, bool firstStep, in SgdSettings settings)
    {
        Check("sgd", p, g, momentum ?? g, g);
        p.MarkChanged();
        if (p.DType == DType.Float32)
            Sgd<float, FloatMath>(p, g, momentum, firstStep, settings);
        else
            Sgd<double, DoubleMath>(p, g, momentum, firstStep, settings);
    }

    /// <summary>One step of Adam or AdamW, as PyTorch defines them.</summary>
    /// <param name="p">Parameters; changed.</param>
    /// <param name="g">Their gradients.</param>
    /// <param name="first">First moment, zero before the first step; changed.</param>
    /// <param name="second">Second moment, zero before the first step; changed.</param>
    /// <param name="step">Number of the step, from 1.</param>
    /// <param name="settings">Learning rate and the rest.</param>
    /// <exception cref="InvalidInputException">Lengths or element types differ.</exception>
    public static void Adam(
        DeviceArray p, DeviceArray g, DeviceArray first, DeviceArray second, long step, in AdamSettings settings)
    {
        Check("adam", p, g, first, second);
        p.MarkChanged();
        if (p.DType == DType.Float32)
            Adam<float, FloatMath>(p, g, first, second, step, settings);
        else
            Adam<double, DoubleMath>(p, g, first, second, step, settings);
    }

    private static void Sgd<T, TMath>(
        DeviceArray p, DeviceArray g, DeviceArray? momentum, bool firstStep, in SgdSettings s)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        var arguments = new SgdArguments<T>
        {
            LearningRate = TMath.FromDouble(s.LearningRate),
            Momentum = TMath.FromDouble(s.Momentum),
            OneMinusDampening = TMath.FromDouble(1 - s.Dampening),
            WeightDecay = TMath.FromDouble(s.WeightDecay),
            Nesterov = s.Nesterov ? 1 : 0,
            FirstStep = firstStep ? 1 : 0,
        };
        var shape = p.Device.Limits.Elements(p.Length);
        if (momentum is null)
            p.Device.Launch(UpdateKernels.Sgd, shape, p.View<T>(), g.View<T>(), arguments);
        else
            p.Device.Launch(
                UpdateKernels.SgdMomentum, shape, p.View<T>(), g.View<T>(), momentum.View<T>(), arguments);
    }

    private static void Adam<T, TMath>(
        DeviceArray p, DeviceArray g, DeviceArray first, DeviceArray second, long step, in AdamSettings s)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        var arguments = new AdamArguments<T>
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
        p.Device.Launch(
            UpdateKernels.Adam<T, TMath>, p.Device.Limits.Elements(p.Length),
            p.View<T>(), g.View<T>(), first.View<T>(), second.View<T>(), arguments);
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
