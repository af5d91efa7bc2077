using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>Cross-correlation of series, computed directly: what deep learning calls a convolution.</summary>
    /// <param name="x">Series [N, C, L].</param>
    /// <param name="weight">Filters [K, C, R].</param>
    /// <param name="bias">[K], or null.</param>
    /// <param name="settings">Stride, padding, dilation.</param>
    /// <returns>[N, K, O] with O = ⌊(L + padding − extent) / stride⌋ + 1.</returns>
    /// <exception cref="InvalidInputException">Shapes do not fit, or a number is out of range.</exception>
    public static Tensor Conv1d(Tensor x, Tensor weight, Tensor? bias, Conv1dSettings settings)
    {
        var axis = Conv1dSettings.Check("conv1d", x, weight, bias, settings);
        var shape = ConvShape.OneAxis(x.Shape[0], x.Shape[1], weight.Shape[0], axis);
        var y = Tensor.Like(x, [shape.N, shape.K, axis.Output], "conv1d");
        DirectConv.Forward(shape, x.Data, weight.Data, bias?.Data, y.Data);
        return Tape.Record(
            y, bias is null ? [x, weight] : [x, weight, bias], () => new Conv1dRule(shape, x, weight));
    }

    private sealed class Conv1dRule : BackwardRule
    {
        private readonly ConvShape _shape;
        private readonly Tensor? _x;
        private readonly Tensor? _weight;

        public Conv1dRule(ConvShape shape, Tensor x, Tensor weight)
        {
            _shape = shape;
            _x = weight.RequiresGrad ? Save(x) : null;
            _weight = x.RequiresGrad ? Save(weight) : null;
        }

        public override string Name => "conv1d";

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            Tensor? dx = null, dw = null;
            if (_weight is not null)
            {
                dx = Tensor.Like(dy, [_shape.N, _shape.C, _shape.W.Length], Name);
                DirectConv.InputGradient(_shape, dy.Data, _weight.Data, dx.Data);
            }

            if (_x is not null)
            {
                dw = Tensor.Like(dy, [_shape.K, _shape.C, _shape.W.Kernel], Name);
                DirectConv.FilterGradient(_shape, _x.Data, dy.Data, dw.Data);
            }

            return InputCount == 2 ? [dx, dw] : [dx, dw, Needs(2) ? Conv1dSettings.BiasGradient(dy) : null];
        }
    }
}
