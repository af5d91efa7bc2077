using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>The band-limited convolution of one group, forward and backward; series are images of one row.</summary>
internal static class BandLimitedConv
{
    private const string Operation = "bandLimitedConv";

    /// <summary>Runs a plan; where the band depends on the data, gives the plan that it came to.</summary>
    internal static Tensor Run(
        ConvOperands operands, Band band, ref BandConvPlan plan, ConvMethod? method = null,
        PreparedFilters? cache = null)
    {
        if (band.DependsOnData)
            return Spectral(operands, band, ref plan, cache);
        method = ConvPlanner.Choose(operands.X.Device, plan, method, operands.X.DType);
        if (method == ConvMethod.Direct)
            return Ops.ConvolveDirectly(plan.Shape, operands);
        if (method == ConvMethod.LowPass)
            return LowPassConv.Run(plan, operands);
        if (method == ConvMethod.LowPassOutput)
            return LowPassOutputConv.Run(plan, operands);
        var ran = method == ConvMethod.Absorbed ? plan.Absorbed() : plan;
        return Spectral(operands, band, ref ran, cache);
    }

    private static Tensor Spectral(
        ConvOperands operands, Band band, ref BandConvPlan plan, PreparedFilters? cache)
    {
        var (x, weight, bias) = operands;
        DeviceArray? inputSpectrum = null, prepared = null;
        var whole = plan;
        if (band.DependsOnData)
        {
            inputSpectrum = BandConv.Transform(plan.Input, x.Data, Operation);
            plan = whole = KeepEnergy(plan, band, ref inputSpectrum);
        }

        x.Device.SideBySide(
            () => inputSpectrum ??= BandConv.Transform(whole.Input, x.Data, Operation),
            () => prepared = cache?.Get(whole, weight.Data, Operation)
                ?? BandConv.Filters(whole, weight.Data, Operation));
        var y = Tensor.Like(x, ConvOperands.Result(plan.Shape, x.Rank), Operation);
        BandConv.Forward(plan, inputSpectrum!, prepared!, bias?.Data, y.Data);

        using var spectrum = new Tensor(inputSpectrum!, [inputSpectrum!.Length]);
        using var filters = new Tensor(prepared!, [prepared!.Length]);
        var ran = plan;
        return Tape.Record(y, operands.Inputs, () => new Rule(ran, x, weight, spectrum, filters));
    }

    // A narrower band of the same circles is the beginning of the columns, and of each column.
    private static BandConvPlan KeepEnergy(BandConvPlan plan, Band band, ref DeviceArray spectrum)
    {
        var energies = BandEnergy.PerBin(spectrum, plan.Frequencies);
        var kept = BandEnergy.SmallestBand(energies, plan.H, plan.W, band.EnergyPercent);
        var cut = plan with { H = plan.H with { Kept = kept.H }, W = plan.W with { Kept = kept.W } };
        var rest = new DeviceArray(spectrum.Device, spectrum.DType, cut.Input.SpectrumCount, Operation);
        var planes = 2 * plan.Input.Planes;
        var (from, to) = (plan.H.BothSigns * planes, cut.H.BothSigns * planes);
        Layout.Copy(spectrum, 0, [from, 1], rest, 0, [to, 1], [cut.W.Kept, to], Operation);
        spectrum.Dispose();
        spectrum = rest;
        return cut;
    }

    private sealed class Rule : BackwardRule
    {
        private readonly BandConvPlan _plan;
        private readonly Shape _xShape;
        private readonly Shape _weightShape;

        /// <summary>The spectrum of the input where it is kept, else the input; the filters alike.</summary>
        private readonly Tensor? _input, _filters;

        public Rule(BandConvPlan plan, Tensor x, Tensor weight, Tensor inputSpectrum, Tensor filters)
        {
            _plan = plan;
            (_xShape, _weightShape) = (x.Shape, weight.Shape);
            if (weight.RequiresGrad)
                _input = ConvPlanner.KeepsSpectrum(x.Device, plan)
                    ? Save(inputSpectrum, MemoryRole.SavedSpectra)
                    : Save(x);
            if (x.RequiresGrad)
                _filters = KeepsFilters(x.Device) ? Save(filters, MemoryRole.SavedSpectra) : Save(weight);
        }

        public override string Name => Operation;

        /// <summary>Whether what the forward pass made of the filters is kept; else the filters are.</summary>
        private bool KeepsFilters(ComputeDevice device) =>
            BandConv.ReusesFilters(device, _plan) && ConvPlanner.KeepsFilterSpectrum(device, _plan);

        public override double MultiplyAdds => _plan.MultiplyAdds;

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            Tensor? dx = null, dw = null;
            if (_input is not null || _filters is not null)
            {
                // What is not needed any more makes room at once: here a step needs most memory.
                DeviceArray? gradient = null;
                using (var d = BandConv.Transform(_plan.Output, dy.Data, Name))
                    dy.Device.SideBySide(
                        () => dw = FilterGradient(dy, d), () => gradient = InputGradient(d));
                if (gradient is not null)
                {
                    dx = Tensor.Like(dy, _xShape, Name);
                    PlaneTransform.Inverse(_plan.Input, gradient, dx.Data);
                    gradient.Dispose();
                }
            }

            return InputCount == 2 ? [dx, dw] : [dx, dw, Needs(2) ? Ops.BiasGradient(_plan.Shape, dy) : null];
        }

        private Tensor? FilterGradient(Tensor dy, DeviceArray d)
        {
            if (_input is null)
                return null;
            var dw = Tensor.Like(dy, _weightShape, Name);
            using var again = ConvPlanner.KeepsSpectrum(dy.Device, _plan)
                ? null
                : BandConv.Transform(_plan.Input, _input.Data, Name);
            BandConv.FilterGradient(_plan, again ?? _input.Data, d, dw.Data);
            Drop(_input);
            return dw;
        }

        // Its spectrum.
        private DeviceArray? InputGradient(DeviceArray d)
        {
            if (_filters is null)
                return null;
            using var again = BandConv.ReusesFilters(d.Device, _plan) && !KeepsFilters(d.Device)
                ? BandConv.Filters(_plan, _filters.Data, Name)
                : null;
            return BandConv.InputGradient(_plan, d, again ?? _filters.Data, Name);
        }
    }
}
