using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    private const string Operation = "bandLimitedConv1d";

    /// <summary>
    /// Cross-correlation of series in the truncated frequency domain: an ideal low-pass of
    /// an ordinary convolution, with the exact gradients of that forward pass (Dziedzic et al., ICML 2019).
    /// </summary>
    /// <param name="x">Series [N, C, L].</param>
    /// <param name="weight">Filters [K, C, R].</param>
    /// <param name="bias">[K], or null.</param>
    /// <param name="settings">Stride, padding, dilation.</param>
    /// <param name="band">How much of the spectrum is kept.</param>
    /// <param name="policy">FFT length.</param>
    /// <returns>[N, K, O].</returns>
    /// <exception cref="InvalidInputException">Shapes do not fit, or a number is out of range.</exception>
    public static Tensor BandLimitedConv1d(
        Tensor x, Tensor weight, Tensor? bias, Conv1dSettings settings, Band band,
        FftSizePolicy policy = FftSizePolicy.Minimal) =>
        BandLimitedConv1d(x, weight, bias, settings, band, policy, out _);

    /// <summary>As above, and tells the plan that ran, with the bins that were kept.</summary>
    internal static Tensor BandLimitedConv1d(
        Tensor x, Tensor weight, Tensor? bias, Conv1dSettings settings, Band band, FftSizePolicy policy,
        out BandConvPlan plan)
    {
        var axis = Conv1dSettings.Check(Operation, x, weight, bias, settings);
        plan = BandConvPlan.For(x.Shape[0], x.Shape[1], weight.Shape[0], axis, band, policy);
        return Run(x, weight, bias, band, ref plan);
    }

    /// <summary>The same with FFT length and number of bins given outright.</summary>
    /// <param name="x">Series [N, C, L].</param>
    /// <param name="weight">Filters [K, C, R].</param>
    /// <param name="bias">[K], or null.</param>
    /// <param name="settings">Stride, padding, dilation.</param>
    /// <param name="fftLength">Length of the circle, at least <see cref="FftSize.Exact"/>.</param>
    /// <param name="kept">Bins kept, 1 … fftLength/2+1.</param>
    /// <returns>[N, K, O].</returns>
    /// <exception cref="InvalidInputException">Shapes do not fit, or a number is out of range.</exception>
    public static Tensor BandLimitedConv1d(
        Tensor x, Tensor weight, Tensor? bias, Conv1dSettings settings, int fftLength, int kept)
    {
        var axis = Conv1dSettings.Check(Operation, x, weight, bias, settings);
        Throw.Unless(
            fftLength >= FftSize.Exact(axis) && kept >= 1 && kept <= FftSize.Half(fftLength), Operation,
            $"an FFT length of {fftLength} with {kept} bins kept",
            $"at least {FftSize.Exact(axis)}, and 1 to {FftSize.Half(fftLength)} bins", "choose such numbers");
        var plan = new BandConvPlan(x.Shape[0], x.Shape[1], weight.Shape[0], axis, fftLength, kept);
        return Run(x, weight, bias, Band.Full, ref plan);
    }

    private static Tensor Run(Tensor x, Tensor weight, Tensor? bias, Band band, ref BandConvPlan plan)
    {
        var inputSpectrum = BandConv.Transform(plan.Input, x.Data, Operation);
        if (band.DependsOnData)
            plan = KeepEnergy(plan, band, ref inputSpectrum);

        var y = Tensor.Like(x, [plan.Batch, plan.OutChannels, plan.Axis.Output], Operation);
        var filterSpectrum = BandConv.Transform(plan.Filter, weight.Data, Operation);
        BandConv.Forward(plan, inputSpectrum, filterSpectrum, bias?.Data, y.Data);

        using var spectrumX = new Tensor(inputSpectrum, [inputSpectrum.Length]);
        using var spectrumW = new Tensor(filterSpectrum, [filterSpectrum.Length]);
        var ran = plan;
        return Tape.Record(
            y, bias is null ? [x, weight] : [x, weight, bias],
            () => new BandLimitedConv1dRule(
                ran, weight.RequiresGrad ? spectrumX : null, x.RequiresGrad ? spectrumW : null));
    }

    // The first bins of a frequency-major spectrum are its beginning: cutting it is copying a prefix.
    private static BandConvPlan KeepEnergy(BandConvPlan plan, Band band, ref DeviceArray spectrum)
    {
        var kept = BandEnergy.SmallestBand(
            BandEnergy.PerBin(spectrum, plan.Kept), plan.FftLength, band.EnergyPercent);
        var cut = plan with { Kept = kept };
        var length = BandConv.SpectrumLength(cut.Input);
        var prefix = new DeviceArray(spectrum.Device, spectrum.DType, length, Operation);
        prefix.CopyPrefixOf(spectrum);
        spectrum.Dispose();
        spectrum = prefix;
        return cut;
    }

    private sealed class BandLimitedConv1dRule : BackwardRule
    {
        private readonly BandConvPlan _plan;
        private readonly Tensor? _inputSpectrum;
        private readonly Tensor? _filterSpectrum;

        public BandLimitedConv1dRule(BandConvPlan plan, Tensor? inputSpectrum, Tensor? filterSpectrum)
        {
            _plan = plan;
            _inputSpectrum = inputSpectrum is null ? null : Save(inputSpectrum);
            _filterSpectrum = filterSpectrum is null ? null : Save(filterSpectrum);
        }

        public override string Name => Operation;

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            Tensor? dx = null, dw = null;
            if (_inputSpectrum is not null || _filterSpectrum is not null)
            {
                using var d = BandConv.Transform(_plan.Output, dy.Data, Name);
                if (_filterSpectrum is not null)
                {
                    dx = Tensor.Like(dy, [_plan.Batch, _plan.InChannels, _plan.Axis.Length], Name);
                    BandConv.InputGradient(_plan, d, _filterSpectrum.Data, dx.Data);
                }

                if (_inputSpectrum is not null)
                {
                    dw = Tensor.Like(dy, [_plan.OutChannels, _plan.InChannels, _plan.Axis.Kernel], Name);
                    BandConv.FilterGradient(_plan, _inputSpectrum.Data, d, dw.Data);
                }
            }

            return InputCount == 2 ? [dx, dw] : [dx, dw, Needs(2) ? Conv1dSettings.BiasGradient(dy) : null];
        }
    }
}
