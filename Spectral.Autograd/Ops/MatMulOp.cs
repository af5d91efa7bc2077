using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>Matrix products a · b over the last two axes.</summary>
    /// <param name="a">[…, M, L].</param>
    /// <param name="b">[…, L, P]; the leading extents equal a's, or one operand is a single matrix.</param>
    /// <returns>[…, M, P].</returns>
    /// <exception cref="InvalidInputException">The shapes do not fit, or types or devices differ.</exception>
    public static Tensor MatMul(Tensor a, Tensor b)
    {
        var fits = a.Rank >= 2 && b.Rank >= 2 && a.Shape[-1] == b.Shape[-2]
            && (a.Rank == 2 || b.Rank == 2
                || a.Shape.Extents[..^2].SequenceEqual(b.Shape.Extents[..^2]));
        Throw.Unless(fits, "matmul", $"{a.Shape} by {b.Shape}",
            "[…, M, L] by […, L, P] with equal leading extents, or none in one of them",
            "transpose or reshape one of them");
        var (m, l, p) = (a.Shape[-2], a.Shape[-1], b.Shape[-1]);
        var leading = (a.Rank > 2 ? a : b).Shape.Extents[..^2];
        var y = Tensor.Like(a, [.. leading, m, p], "matmul");
        var (stepA, stepB) = (a.Rank > 2 ? m * l : 0, b.Rank > 2 ? l * p : 0);
        var shape = new GemmShape(Axes.Product(leading), m, p, l) { A = (stepA, l, 1), B = (stepB, p, 1) };
        Gemm.Multiply(shape, a.Data, b.Data, y.Data);
        return Tape.Record(y, [a, b], () => new MatMulRule(a, b, shape), "matmul");
    }

    private sealed class MatMulRule : BackwardRule
    {
        private readonly Tensor? _a, _b;
        private readonly GemmShape _shape;

        public MatMulRule(Tensor a, Tensor b, GemmShape shape)
        {
            _shape = shape;
            _a = b.RequiresGrad ? Save(a) : null;
            _b = a.RequiresGrad ? Save(b) : null;
        }

        public override string Name => "matmul";

        public override double MultiplyAdds => (double)_shape.Batch * _shape.M * _shape.P * _shape.L;

        // The gradient of a repeated matrix comes out once a product; the walk sums them.
        protected internal override Tensor?[] Backward(Tensor dy)
        {
            var (batch, m, p, l) = (_shape.Batch, _shape.M, _shape.P, _shape.L);
            var leading = dy.Shape.Extents[..^2];
            Tensor? da = null, db = null;
            if (_b is not null)
            {
                da = Tensor.Like(dy, [.. leading, m, l], Name);
                Gemm.Multiply(
                    new GemmShape(batch, m, l, p) { B = (_shape.B.Batch, 1, p) }, dy.Data, _b.Data, da.Data);
            }

            if (_a is not null)
            {
                db = Tensor.Like(dy, [.. leading, l, p], Name);
                Gemm.Multiply(
                    new GemmShape(batch, l, p, m) { A = (_shape.A.Batch, 1, l) }, _a.Data, dy.Data, db.Data);
            }

            return [da, db];
        }
    }
}
