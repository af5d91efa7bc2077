using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>exp(x) / Σ exp(x) along one axis; never overflows.</summary>
    /// <exception cref="InvalidInputException">There is no such axis, or it has extent 0.</exception>
    public static Tensor Softmax(Tensor x, int axis = -1) => Softmax(x, axis, "softmax", logarithm: false);

    /// <summary>Logarithm of <see cref="Softmax(Tensor, int)"/>, exact also where that is tiny.</summary>
    /// <exception cref="InvalidInputException">There is no such axis, or it has extent 0.</exception>
    public static Tensor LogSoftmax(Tensor x, int axis = -1) =>
        Softmax(x, axis, "log softmax", logarithm: true);

    private static Tensor Softmax(Tensor x, int axis, string name, bool logarithm)
    {
        axis = Axes.Normalize(x.Shape, axis, name);
        var (_, count, inner) = Axes.Around(x.Shape, axis);
        var y = Tensor.Like(x, operation: name);
        AxisSoftmax.Apply(x.Data, y.Data, count, inner, logarithm);
        return Tape.Record(y, [x], () => new SoftmaxRule(name, y, count, inner, logarithm), name);
    }

    private sealed class SoftmaxRule : BackwardRule
    {
        private readonly Tensor _y;
        private readonly int _count, _inner;
        private readonly bool _logarithm;

        public SoftmaxRule(string name, Tensor y, int count, int inner, bool logarithm)
        {
            (Name, _count, _inner, _logarithm) = (name, count, inner, logarithm);
            _y = Save(y);
        }

        public override string Name { get; }

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            var dx = Tensor.Like(dy, operation: Name);
            AxisSoftmax.Gradient(_y.Data, dy.Data, dx.Data, _count, _inner, _logarithm);
            return [dx];
        }
    }
}
