using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>
/// A band-limited convolution as an ideal low-pass of the input and a direct convolution after it. What is in
/// between is made again for the backward pass, unless it is so small that to keep it costs less.
/// </summary>
internal static class LowPassConv
{
    private const string Operation = "lowPassConv";

    internal static Tensor Run(BandConvPlan plan, ConvOperands operands)
    {
        var (h, w) = plan.Maps;
        if (h.IsIdentity && w.IsIdentity)
            return Ops.ConvolveDirectly(plan.AfterMaps, operands);
        var (x, weight, bias) = operands;
        var y = Tensor.Like(x, ConvOperands.Result(plan.Shape, x.Rank), Operation);
        using var smooth = Between(plan, x);
        LowPassedConv.Forward(plan, x.Data, smooth.Data, weight.Data, bias?.Data, y.Data);
        return Tape.Record(y, operands.Inputs, () => new Rule(plan, x, weight, smooth));
    }

    private static Tensor Between(BandConvPlan plan, Tensor like) =>
        Tensor.Like(like, new Shape((int)plan.AfterMaps.InputCount), Operation);

    private static Tensor Again(BandConvPlan plan, Tensor x)
    {
        var smooth = Between(plan, x);
        LowPassedConv.LowPass(plan, x.Data, smooth.Data);
        return smooth;
    }

    private sealed class Rule : BackwardRule
    {
        private readonly BandConvPlan _plan;
        private readonly Shape _xShape;
        private readonly Shape _weightShape;
        private readonly Tensor? _weight;

        /// <summary>The low-passed input where it is kept, else the input.</summary>
        private readonly Tensor? _input;

        public Rule(BandConvPlan plan, Tensor x, Tensor weight, Tensor smooth)
        {
            _plan = plan;
            (_xShape, _weightShape) = (x.Shape, weight.Shape);
            _input = weight.RequiresGrad ? Save(LowPassedConv.IsKept(plan) ? smooth : x) : null;
            _weight = x.RequiresGrad ? Save(weight) : null;
        }

        public override string Name => Operation;

        public override double MultiplyAdds => (_plan.AfterMaps.Flops + _plan.FlopsOfMaps) / 2;

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            var dx = _weight is null ? null : Tensor.Like(dy, _xShape, Name);
            var dw = _input is null ? null : Tensor.Like(dy, _weightShape, Name);
            dy.Device.SideBySide(InputGradient, FilterGradient);
            return InputCount == 2 ? [dx, dw] : [dx, dw, Needs(2) ? Ops.BiasGradient(_plan.Shape, dy) : null];

            void InputGradient()
            {
                if (dx is not null)
                    LowPassedConv.InputGradient(_plan, dy.Data, _weight!.Data, dx.Data);
            }

            void FilterGradient()
            {
                if (dw is null)
                    return;
                using var again = LowPassedConv.IsKept(_plan) ? null : Again(_plan, _input!);
                DirectConv.FilterGradient(_plan.AfterMaps, (again ?? _input!).Data, dy.Data, dw.Data);
            }
        }
    }
}
