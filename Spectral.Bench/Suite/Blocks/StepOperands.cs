using System.Globalization;
using Spectral.Autograd;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Bench;

/// <summary>A model, its optimiser and one batch.</summary>
internal sealed class StepOperands : IDisposable
{
    private const ulong Seed = 1;

    private readonly Module _model;
    private readonly Optimizer _optimizer;
    private readonly Tensor _x, _target;
    private readonly Func<DType, (Module Model, Tensor X)> _make;

    internal StepOperands(ComputeDevice device, string model, int[] input, int classes, int rate)
    {
        string[] names =
            [.. Enumerable.Range(0, classes).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        var shape = new Shape(input);
        _make = type => (
            ModelZoo.Create(
                new ModelSpec(
                    model, input[1..], names, Band.Rate(rate).ToString(), FftSizePolicy.Minimal, type, []),
                device, new Generator(Seed)),
            new Tensor(RandomArrays.Of(device, type, 1, shape.Elements), shape));
        (_model, _x) = _make(DType.Float32);
        _target = Tensor.From<int>(
            [.. Enumerable.Range(0, input[0]).Select(i => i % classes)], [input[0]], device);
        _optimizer = model == "fcn"
            ? new Adam(_model.Parameters(), 1e-3)
            : new Sgd(_model.Parameters(), 1e-2, momentum: 0.9);
    }

    /// <summary>One step; leaves it queued.</summary>
    internal void Run()
    {
        using var scope = new TensorScope();
        _optimizer.ZeroGrad();
        Ops.CrossEntropy(_model.Forward(_x), _target).Backward();
        _optimizer.Step();
    }

    /// <summary>Of the logits before the first step, against the same network in double.</summary>
    internal double Error()
    {
        var (single, x) = _make(DType.Float32);
        var (exact, exactX) = _make(DType.Float64);
        using (single)
        using (x)
        using (exact)
        using (exactX)
        using (GradMode.NoGrad())
        using (new TensorScope())
            return RandomArrays.Distance(single.Forward(x).Data, exact.Forward(exactX).Data);
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _model.Dispose();
        _x.Dispose();
        _target.Dispose();
    }
}
