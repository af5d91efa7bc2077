namespace Spectral.Autograd;

/// <content>The operations as methods, so that calls chain.</content>
public partial class Tensor
{
    /// <summary><see cref="Ops.Relu"/>.</summary>
    public Tensor Relu() => Ops.Relu(this);

    /// <summary><see cref="Ops.Exp"/>.</summary>
    public Tensor Exp() => Ops.Exp(this);

    /// <summary><see cref="Ops.Log"/>.</summary>
    public Tensor Log() => Ops.Log(this);

    /// <summary><see cref="Ops.Sqrt"/>.</summary>
    public Tensor Sqrt() => Ops.Sqrt(this);

    /// <summary><see cref="Ops.Tanh"/>.</summary>
    public Tensor Tanh() => Ops.Tanh(this);

    /// <summary><see cref="Ops.Sigmoid"/>.</summary>
    public Tensor Sigmoid() => Ops.Sigmoid(this);

    /// <summary><see cref="Ops.Abs"/>.</summary>
    public Tensor Abs() => Ops.Abs(this);

    /// <summary><see cref="Ops.Square"/>.</summary>
    public Tensor Square() => Ops.Square(this);

    /// <summary><see cref="Ops.Pow"/>.</summary>
    public Tensor Pow(double exponent) => Ops.Pow(this, exponent);

    /// <summary><see cref="Ops.Reshape"/>.</summary>
    public Tensor Reshape(params ReadOnlySpan<int> extents) => Ops.Reshape(this, extents);

    /// <summary><see cref="Ops.Flatten"/>.</summary>
    public Tensor Flatten(int start = 1, int end = -1) => Ops.Flatten(this, start, end);

    /// <summary><see cref="Ops.Permute"/>.</summary>
    public Tensor Permute(params ReadOnlySpan<int> order) => Ops.Permute(this, order);

    /// <summary><see cref="Ops.Transpose"/>.</summary>
    public Tensor Transpose(int axisA = -2, int axisB = -1) => Ops.Transpose(this, axisA, axisB);

    /// <summary><see cref="Ops.Narrow"/>.</summary>
    public Tensor Narrow(int axis, int start, int length) => Ops.Narrow(this, axis, start, length);

    /// <summary><see cref="Ops.Sum(Tensor, ReadOnlySpan{int}, bool)"/>.</summary>
    public Tensor Sum(ReadOnlySpan<int> axes = default, bool keepDims = false) =>
        Ops.Sum(this, axes, keepDims);

    /// <summary><see cref="Ops.Mean(Tensor, ReadOnlySpan{int}, bool)"/>.</summary>
    public Tensor Mean(ReadOnlySpan<int> axes = default, bool keepDims = false) =>
        Ops.Mean(this, axes, keepDims);

    /// <summary><see cref="Ops.Max"/>.</summary>
    public Tensor Max(int axis = -1, bool keepDims = false) => Ops.Max(this, axis, keepDims);

    /// <summary><see cref="Ops.ArgMax"/>.</summary>
    public Tensor ArgMax(int axis = -1, bool keepDims = false) => Ops.ArgMax(this, axis, keepDims);

    /// <summary><see cref="Ops.MatMul"/>.</summary>
    public Tensor MatMul(Tensor other) => Ops.MatMul(this, other);

    /// <summary><see cref="Ops.Softmax(Tensor, int)"/>.</summary>
    public Tensor Softmax(int axis = -1) => Ops.Softmax(this, axis);

    /// <summary><see cref="Ops.LogSoftmax"/>.</summary>
    public Tensor LogSoftmax(int axis = -1) => Ops.LogSoftmax(this, axis);
}
