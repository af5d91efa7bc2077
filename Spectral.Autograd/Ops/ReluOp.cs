using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>max(x, 0), element by element.</summary>
    public static Tensor Relu(Tensor x)
    {
        var y = Tensor.Like(x, operation: "relu");
        Unary.Apply(UnaryKind.Relu, x.Data, y.Data);
        return Tape.Record(y, [x], () => new ReluRule(y));
    }

    private sealed class ReluRule : BackwardRule
    {
        private readonly Tensor _y;

        public ReluRule(Tensor y) => _y = Save(y);

        public override string Name => "relu";

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            var dx = Tensor.Like(dy);
            Unary.Gradient(UnaryKind.Relu, _y.Data, _y.Data, dy.Data, dx.Data);
            return [dx];
        }
    }
}
