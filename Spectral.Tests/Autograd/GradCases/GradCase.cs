using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Tests.Autograd;

/// <summary>
/// One gradient check: an operation at given input shapes. Classes of cases implement
/// <see cref="IGradCases"/> and are found by reflection.
/// </summary>
/// <param name="Op">Name of the method of <see cref="Ops"/>.</param>
/// <param name="Shapes">Shapes of the inputs, all of which are checked.</param>
/// <param name="Function">The operation.</param>
/// <param name="Low">Smallest input value.</param>
/// <param name="High">Largest input value.</param>
/// <param name="Kink">Inputs keep this distance from 0, where the derivative jumps.</param>
/// <param name="Step">Step of the differences.</param>
public sealed record GradCase(
    string Op, Shape[] Shapes, Func<Tensor[], Tensor> Function,
    double Low = -2, double High = 2, double Kink = 0, double Step = 1e-5)
{
    /// <summary>Leaves of the case's shapes with random values that are the same in every run.</summary>
    public Tensor[] Inputs(ComputeDevice device)
    {
        var generator = new Generator((ulong)Shapes.Sum(s => s.Elements), (ulong)Op.Length);
        return [.. Shapes.Select(s => Leaf(s, generator, device))];
    }

    public override string ToString() => $"{Op} at {string.Join(" and ", Shapes.Select(s => s.ToString()))}";

    private Tensor Leaf(Shape shape, Generator generator, ComputeDevice device)
    {
        var values = new double[shape.Elements];
        for (var i = 0; i < values.Length; i++)
            do
                values[i] = generator.NextUniform(Low, High);
            while (Math.Abs(values[i]) < Kink);
        var leaf = Tensor.From(values, shape, device);
        leaf.RequiresGrad = true;
        return leaf;
    }
}

/// <summary>A class that names gradient checks: at least six shapes of each operation it covers.</summary>
public interface IGradCases
{
    static abstract IEnumerable<GradCase> Cases();
}
