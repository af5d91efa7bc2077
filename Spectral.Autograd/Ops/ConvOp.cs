using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>Cross-correlation of series, computed directly: what deep learning calls a convolution.</summary>
    /// <param name="x">Series [N, C, L].</param>
    /// <param name="weight">Filters [K, C/groups, R].</param>
    /// <param name="bias">[K], or null.</param>
    /// <param name="settings">Stride, padding, dilation, groups.</param>
    /// <returns>[N, K, O] with O = ⌊(L + padding − extent) / stride⌋ + 1.</returns>
    /// <exception cref="InvalidInputException">Shapes do not fit, or a number is out of range.</exception>
    public static Tensor Conv1d(Tensor x, Tensor weight, Tensor? bias, Conv1dSettings settings) =>
        new ConvOperands(x, weight, bias).Run("conv1d", 3, settings.OneRow, ConvolveDirectly);

    /// <summary>Cross-correlation of images, computed directly.</summary>
    /// <param name="x">Images [N, C, H, W].</param>
    /// <param name="weight">Filters [K, C/groups, R, Q].</param>
    /// <param name="bias">[K], or null.</param>
    /// <param name="settings">Stride, padding, dilation, groups.</param>
    /// <returns>[N, K, OH, OW], each extent ⌊(input + padding − extent) / stride⌋ + 1.</returns>
    /// <exception cref="InvalidInputException">Shapes do not fit, or a number is out of range.</exception>
    public static Tensor Conv2d(Tensor x, Tensor weight, Tensor? bias, Conv2dSettings settings) =>
        new ConvOperands(x, weight, bias).Run("conv2d", 4, settings, ConvolveDirectly);

    internal static Tensor ConvolveDirectly(ConvShape shape, ConvOperands operands)
    {
        var (x, weight, bias) = operands;
        var y = Tensor.Like(x, ConvOperands.Result(shape, x.Rank), "conv");
        DirectConv.Forward(shape, x.Data, weight.Data, bias?.Data, y.Data);
        return Tape.Record(y, operands.Inputs, () => new ConvRule(shape, x, weight));
    }

    private sealed class ConvRule : BackwardRule
    {
        private readonly ConvShape _shape;
        private readonly Shape _xShape;
        private readonly Shape _weightShape;
        private readonly Tensor? _x;
        private readonly Tensor? _weight;

        public ConvRule(ConvShape shape, Tensor x, Tensor weight)
        {
            _shape = shape;
            (_xShape, _weightShape) = (x.Shape, weight.Shape);
            _x = weight.RequiresGrad ? Save(x) : null;
            _weight = x.RequiresGrad ? Save(weight) : null;
        }

        public override string Name => "conv";

        public override double MultiplyAdds => _shape.Flops / 2;

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            var dx = _weight is null ? null : Tensor.Like(dy, _xShape, Name);
            var dw = _x is null ? null : Tensor.Like(dy, _weightShape, Name);
            dy.Device.SideBySide(InputGradient, FilterGradient);
            return InputCount == 2 ? [dx, dw] : [dx, dw, Needs(2) ? BiasGradient(_shape, dy) : null];

            void InputGradient()
            {
                if (dx is not null)
                    DirectConv.InputGradient(_shape, dy.Data, _weight!.Data, dx.Data);
            }

            void FilterGradient()
            {
                if (dw is not null)
                    DirectConv.FilterGradient(_shape, _x!.Data, dy.Data, dw.Data);
            }
        }
    }

    /// <summary>Σ dy over batch and positions: [K].</summary>
    internal static Tensor BiasGradient(ConvShape shape, Tensor dy)
    {
        var db = Tensor.Like(dy, [shape.K]);
        DirectConv.BiasGradient(shape, dy.Data, db.Data);
        return db;
    }
}
