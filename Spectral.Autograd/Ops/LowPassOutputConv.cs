using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>A band-limited convolution as a direct convolution and an ideal low-pass of its result.</summary>
internal static class LowPassOutputConv
{
    private const string Operation = "lowPassOutputConv";

    internal static Tensor Run(BandConvPlan plan, ConvOperands operands)
    {
        var (x, weight, bias) = operands;
        var y = Tensor.Like(x, ConvOperands.Result(plan.Shape, x.Rank), Operation);
        ConvThenLowPass.Forward(plan, x.Data, weight.Data, bias?.Data, y.Data);
        return Tape.Record(y, operands.Inputs, () => new Rule(plan, x, weight));
    }

    private sealed class Rule : BackwardRule
    {
        private readonly BandConvPlan _plan;
        private readonly Shape _xShape;
        private readonly Shape _weightShape;
        private readonly Tensor? _x;
        private readonly Tensor? _weight;

        public Rule(BandConvPlan plan, Tensor x, Tensor weight)
        {
            _plan = plan;
            (_xShape, _weightShape) = (x.Shape, weight.Shape);
            _x = weight.RequiresGrad ? Save(x) : null;
            _weight = x.RequiresGrad ? Save(weight) : null;
        }

        public override string Name => Operation;

        public override double MultiplyAdds => (_plan.BeforeMaps.Flops + _plan.FlopsOfOutputMaps) / 2;

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            Tensor? dx = null, dw = null;
            if (_x is not null || _weight is not null)
            {
                using var d = ConvThenLowPass.LowPass(_plan, dy.Data, Name);
                dw = _x is null ? null : Tensor.Like(dy, _weightShape, Name);
                dx = _weight is null ? null : Tensor.Like(dy, _xShape, Name);
                dy.Device.SideBySide(
                    () =>
                    {
                        if (dw is not null)
                            DirectConv.FilterGradient(_plan.BeforeMaps, _x!.Data, d, dw.Data);
                    },
                    () =>
                    {
                        if (dx is not null)
                            DirectConv.InputGradient(_plan.BeforeMaps, d, _weight!.Data, dx.Data);
                    });
            }

            return InputCount == 2 ? [dx, dw] : [dx, dw, Needs(2) ? Ops.BiasGradient(_plan.Shape, dy) : null];
        }
    }
}
