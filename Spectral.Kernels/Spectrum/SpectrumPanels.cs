using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Runs products of spectra by panels.</summary>
internal static class SpectrumPanels
{
    /// <summary>A product of spectra in memory.</summary>
    internal static void Multiply(ComplexGemmShape shape, DeviceArray a, DeviceArray b, DeviceArray c)
    {
        var g = ComplexGemmArguments.Of(shape);
        var plan = SpectrumPanelPlan.For(
            g.Frequencies, g.Rows, g.Columns, g.L, c.DType, c.Device.Limits.Cores);
        Launch(shape.Form, false, plan, plan.Arguments(g), a, b, b, c);
    }

    /// <summary>A product of which the filters, or their gradient, are samples and not spectra.</summary>
    internal static void Launch(
        ComplexGemmForm form, bool hasTaps, SpectrumPanelPlan plan, SpectrumPanelArguments g,
        DeviceArray a, DeviceArray b, DeviceArray matrix, DeviceArray c)
    {
        switch (plan.Lanes, c.DType)
        {
            case (16, DType.Float32): Launch<float, Lanes16<float>>(); break;
            case (8, DType.Float32): Launch<float, Lanes8<float>>(); break;
            case (8, _): Launch<double, Lanes8<double>>(); break;
            default: Launch<double, Lanes4<double>>(); break;
        }

        void Launch<T, TLanes>()
            where T : unmanaged, INumber<T>
            where TLanes : unmanaged, ILanes<T, TLanes>
        {
            using var scratch = new Workspace(c.Device, c.DType, plan.ScratchLength, "spectrum");
            c.Device.Launch(
                hasTaps ? WithTaps<T, TLanes>(form) : OfSpectra<T, TLanes>(form),
                new LaunchShape(plan.Workers, 1), a.View<T>(), b.View<T>(), matrix.View<T>(), c.View<T>(),
                scratch.Array.View<T>(), g);
        }
    }

    private static Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
        SpectrumPanelArguments> OfSpectra<T, TLanes>(ComplexGemmForm form)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> => form switch
        {
            ComplexGemmForm.Forward => SpectrumPanelKernels.Columns<
                T, TLanes, AlongRows, RightConjugate<T>, StoredSpectra<T, TLanes>>,
            ComplexGemmForm.InputGradient => SpectrumPanelKernels.Columns<
                T, TLanes, AlongRows, PlainProduct<T>, StoredSpectra<T, TLanes>>,
            _ => SpectrumPanelKernels.Columns<
                T, TLanes, AcrossRows, LeftConjugate<T>, StoredSpectra<T, TLanes>>,
        };

    private static Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
        SpectrumPanelArguments> WithTaps<T, TLanes>(ComplexGemmForm form)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> => form switch
        {
            ComplexGemmForm.Forward => SpectrumPanelKernels.Columns<
                T, TLanes, AlongRows, RightConjugate<T>, FilterTaps<T, TLanes>>,
            ComplexGemmForm.InputGradient => SpectrumPanelKernels.Columns<
                T, TLanes, AlongRows, PlainProduct<T>, FilterTaps<T, TLanes>>,
            _ => TapGradientKernels.Rows<T, TLanes>,
        };
}
