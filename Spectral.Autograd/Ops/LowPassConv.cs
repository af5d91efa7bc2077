using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>
/// A band-limited convolution as an ideal low-pass of the input and a direct convolution after it. What is in
/// between is made again for the backward pass, which costs less than to keep it.
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
        using (var smooth = LowPass(plan, x.Data))
            DirectConv.Forward(plan.AfterMaps, smooth.Array, weight.Data, bias?.Data, y.Data);
        return Tape.Record(y, operands.Inputs, () => new Rule(plan, x, weight));
    }

    private static Workspace Between(BandConvPlan plan, DeviceArray like) =>
        new(like.Device, like.DType, plan.AfterMaps.InputCount, Operation);

    private static Workspace LowPass(BandConvPlan plan, DeviceArray x)
    {
        var (h, w) = plan.Maps;
        var smooth = Between(plan, x);
        PlaneMap.Apply(plan.Shape.N * plan.Shape.C, h, w, x, smooth.Array);
        return smooth;
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

        public override double MultiplyAdds => (_plan.AfterMaps.Flops + _plan.FlopsOfMaps) / 2;

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            Tensor? dx = null, dw = null;
            if (_weight is not null)
            {
                var (h, w) = _plan.Maps;
                dx = Tensor.Like(dy, _xShape, Name);
                using var gradient = Between(_plan, dy.Data);
                DirectConv.InputGradient(_plan.AfterMaps, dy.Data, _weight.Data, gradient.Array);
                PlaneMap.Adjoint(_plan.Shape.N * _plan.Shape.C, h, w, gradient.Array, dx.Data);
            }

            if (_x is not null)
            {
                dw = Tensor.Like(dy, _weightShape, Name);
                using var smooth = LowPass(_plan, _x.Data);
                DirectConv.FilterGradient(_plan.AfterMaps, smooth.Array, dy.Data, dw.Data);
            }

            return InputCount == 2 ? [dx, dw] : [dx, dw, Needs(2) ? Ops.BiasGradient(_plan.Shape, dy) : null];
        }
    }
}
