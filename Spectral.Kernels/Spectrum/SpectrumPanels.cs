using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Runs products of spectra by panels.</summary>
internal static class SpectrumPanels
{
    /// <summary>Bytes of filters up to which every frequency finds them in the second cache.</summary>
    private const int CachedBytes = 512 * 1024;

    /// <summary>A product of spectra in memory.</summary>
    internal static void Multiply(ComplexGemmShape shape, DeviceArray a, DeviceArray b, DeviceArray c)
    {
        var plan = SpectrumPanelPlan.For(ComplexGemmArguments.Of(shape), c.DType, c.Device.Limits);
        RegisterLanes.Run(c.DType, plan.Lanes, new Product(shape.Form, plan, plan.Arguments(), a, b, null, c));
    }

    /// <summary>A product of which the filters are samples, arranged for it, and not spectra.</summary>
    internal static void MultiplyTaps(
        ComplexGemmShape shape, int taps, DeviceArray a, DeviceArray b, DeviceArray matrix, DeviceArray c)
    {
        var plan = SpectrumPanelPlan.For(ComplexGemmArguments.Of(shape), c.DType, c.Device.Limits);
        var arguments = plan.Arguments() with
        {
            Taps = taps,
            PanelsFirst = (long)b.Length * b.DType.SizeOf() > CachedBytes ? 1 : 0,
        };
        RegisterLanes.Run(c.DType, plan.Lanes, new Product(shape.Form, plan, arguments, a, b, matrix, c));
    }

    private sealed record Product(
        ComplexGemmForm Form, SpectrumPanelPlan Plan, SpectrumPanelArguments Arguments,
        DeviceArray A, DeviceArray B, DeviceArray? Matrix, DeviceArray C) : ILaneTask
    {
        public void Run<T, TLanes>()
            where T : unmanaged, INumber<T>
            where TLanes : unmanaged, ILanes<T, TLanes>
        {
            using var scratch = new Workspace(C.Device, C.DType, Plan.ScratchLength, "spectrum");
            C.Device.Launch(
                Matrix is null ? OfSpectra<T, TLanes>() : OfTaps<T, TLanes>(),
                new LaunchShape(Plan.Workers, 1),
                A.View<T>(), B.View<T>(), (Matrix ?? B).View<T>(), C.View<T>(), scratch.Array.View<T>(),
                Arguments);
        }

        private Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
            SpectrumPanelArguments> OfSpectra<T, TLanes>()
            where T : unmanaged, INumber<T>
            where TLanes : unmanaged, ILanes<T, TLanes> => Form switch
            {
                ComplexGemmForm.Forward => SpectrumPanelKernels.Columns<
                    T, TLanes, AlongRows, RightConjugate<T>, StoredSpectra<T, TLanes>>,
                ComplexGemmForm.InputGradient => SpectrumPanelKernels.Columns<
                    T, TLanes, AlongRows, PlainProduct<T>, StoredSpectra<T, TLanes>>,
                _ when Plan.Product.Rows < ComplexTile<T, TLanes>.Rows => SpectrumPanelKernels.Columns<
                    T, TLanes, AcrossFewRows, LeftConjugate<T>, StoredSpectra<T, TLanes>>,
                _ => SpectrumPanelKernels.Columns<
                    T, TLanes, AcrossRows, LeftConjugate<T>, StoredSpectra<T, TLanes>>,
            };

        private Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
            SpectrumPanelArguments> OfTaps<T, TLanes>()
            where T : unmanaged, INumber<T>
            where TLanes : unmanaged, ILanes<T, TLanes> => Form == ComplexGemmForm.Forward
                ? SpectrumPanelKernels.Columns<
                    T, TLanes, AlongRows, RightConjugate<T>, FilterTaps<T, TLanes>>
                : SpectrumPanelKernels.Columns<T, TLanes, AlongRows, PlainProduct<T>, FilterTaps<T, TLanes>>;
    }
}
