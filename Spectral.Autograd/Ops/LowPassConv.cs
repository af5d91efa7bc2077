using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>
/// A band-limited convolution as an ideal low-pass of the input and a direct convolution after it. What is in
/// between is made again for the backward pass, unless it is so small that to keep it costs less.
/// </summary>
internal static class LowPassConv
{
    private const string Operation = "lowPassConv";

    /// <summary>Kept between the passes where it is at most this part of the result.</summary>
    private const int SmallPart = 16;

    internal static Tensor Run(BandConvPlan plan, ConvOperands operands)
    {
        var (h, w) = plan.Maps;
        if (h.IsIdentity && w.IsIdentity)
            return Ops.ConvolveDirectly(plan.AfterMaps, operands);
        var (x, weight, bias) = operands;
        var y = Tensor.Like(x, ConvOperands.Result(plan.Shape, x.Rank), Operation);
        using var smooth = LowPass(plan, x);
        DirectConv.Forward(plan.AfterMaps, smooth.Data, weight.Data, bias?.Data, y.Data);
        var keeps = SmallPart * plan.AfterMaps.InputCount <= plan.Shape.OutputCount;
        return Tape.Record(y, operands.Inputs, () => new Rule(plan, x, weight, keeps ? smooth : null));
    }

    private static Tensor Between(BandConvPlan plan, Tensor like) =>
        Tensor.Like(like, new Shape((int)plan.AfterMaps.InputCount), Operation);

    private static Tensor LowPass(BandConvPlan plan, Tensor x)
    {
        var (h, w) = plan.Maps;
        var smooth = Between(plan, x);
        PlaneMap.Apply(plan.Shape.N * plan.Shape.C, h, w, x.Data, smooth.Data);
        return smooth;
    }

    private sealed class Rule : BackwardRule
    {
        private readonly BandConvPlan _plan;
        private readonly Shape _xShape;
        private readonly Shape _weightShape;
        private readonly Tensor? _x;
        private readonly Tensor? _smooth;
        private readonly Tensor? _weight;

        public Rule(BandConvPlan plan, Tensor x, Tensor weight, Tensor? smooth)
        {
            _plan = plan;
            (_xShape, _weightShape) = (x.Shape, weight.Shape);
            if (weight.RequiresGrad && smooth is null)
                _x = Save(x);
            else if (weight.RequiresGrad)
                _smooth = Save(smooth!);
            _weight = x.RequiresGrad ? Save(weight) : null;
        }

        public override string Name => Operation;

        public override double MultiplyAdds => (_plan.AfterMaps.Flops + _plan.FlopsOfMaps) / 2;

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            Tensor? dx = null, dw = null;
            if (_weight is not null)
            {
                var (h, w) = _plan.Maps;
                dx = Tensor.Like(dy, _xShape, Name);
                using var gradient = Between(_plan, dy);
                DirectConv.InputGradient(_plan.AfterMaps, dy.Data, _weight.Data, gradient.Data);
                PlaneMap.Adjoint(_plan.Shape.N * _plan.Shape.C, h, w, gradient.Data, dx.Data);
            }

            if (_x is not null || _smooth is not null)
            {
                dw = Tensor.Like(dy, _weightShape, Name);
                using var again = _smooth is null ? LowPass(_plan, _x!) : null;
                DirectConv.FilterGradient(_plan.AfterMaps, (_smooth ?? again!).Data, dy.Data, dw.Data);
            }

            return InputCount == 2 ? [dx, dw] : [dx, dw, Needs(2) ? Ops.BiasGradient(_plan.Shape, dy) : null];
        }
    }
}
