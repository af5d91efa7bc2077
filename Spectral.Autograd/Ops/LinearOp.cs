using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>y = x · Wᵀ + b.</summary>
    /// <param name="x">[N, in].</param>
    /// <param name="weight">[out, in].</param>
    /// <param name="bias">[out], or null.</param>
    /// <returns>[N, out].</returns>
    /// <exception cref="InvalidInputException">The shapes or types do not fit.</exception>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor? bias = null)
    {
        Throw.Unless(x.Rank == 2 && weight.Rank == 2 && x.Shape[1] == weight.Shape[1], "linear",
            $"input {x.Shape} and weight {weight.Shape}", "input [N, in] and weight [out, in]",
            "flatten the input or make the layer for its features");
        Throw.Unless(bias is null || bias.Shape == [weight.Shape[0]], "linear", $"bias {bias?.Shape}",
            $"[{weight.Shape[0]}]", "give one bias an output");
        var (n, inputs, outputs) = (x.Shape[0], x.Shape[1], weight.Shape[0]);
        var y = Tensor.Like(x, [n, outputs], "linear");
        Gemm.Multiply(
            GemmShape.Linear(n, inputs, outputs), x.Data, weight.Data, y.Data, bias: bias?.Data,
            biasAlong: bias is null ? GemmBias.None : GemmBias.Columns);
        return Tape.Record(
            y, bias is null ? [x, weight] : [x, weight, bias], () => new LinearRule(x, weight));
    }

    private sealed class LinearRule : BackwardRule
    {
        private readonly Shape _xShape, _weightShape;
        private readonly Tensor? _x, _weight;

        public LinearRule(Tensor x, Tensor weight)
        {
            (_xShape, _weightShape) = (x.Shape, weight.Shape);
            _x = weight.RequiresGrad ? Save(x) : null;
            _weight = x.RequiresGrad ? Save(weight) : null;
        }

        public override string Name => "linear";

        public override double MultiplyAdds => (double)_xShape.Elements * _weightShape[0];

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            var (n, inputs, outputs) = (_xShape[0], _xShape[1], _weightShape[0]);
            Tensor? dx = null, dw = null, db = null;
            if (_weight is not null)
            {
                dx = Tensor.Like(dy, _xShape, Name);
                Gemm.Multiply(new GemmShape(1, n, inputs, outputs), dy.Data, _weight.Data, dx.Data);
            }

            if (_x is not null)
            {
                dw = Tensor.Like(dy, _weightShape, Name);
                Gemm.Multiply(GemmShape.LeftTransposed(outputs, inputs, n), dy.Data, _x.Data, dw.Data);
            }

            if (InputCount == 3 && Needs(2))
            {
                db = Tensor.Like(dy, [outputs], Name);
                Reduce.Sum(dy.Data, db.Data, 1, n, outputs);
            }

            return InputCount == 2 ? [dx, dw] : [dx, dw, db];
        }
    }
}
