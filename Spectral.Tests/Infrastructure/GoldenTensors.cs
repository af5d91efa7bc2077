using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Tests;

/// <summary>Golden arrays and random values as tensors of the device and type under test.</summary>
public static class GoldenTensors
{
    public static Tensor ToTensor(
        this GoldenArray array, DType type, ComputeDevice device, bool requiresGrad = false) =>
        Leaf(array.Data, array.Shape, type, device, requiresGrad);

    /// <summary>Normal values of a seed.</summary>
    public static Tensor Random(
        Shape shape, int seed, ComputeDevice device, DType type = DType.Float64, double mean = 0,
        bool requiresGrad = true)
    {
        var generator = new Generator((ulong)seed);
        var values = new double[shape.Elements];
        for (var i = 0; i < values.Length; i++)
            values[i] = generator.NextNormal(mean);
        return Leaf(values, shape, type, device, requiresGrad);
    }

    private static Tensor Leaf(
        double[] values, Shape shape, DType type, ComputeDevice device, bool requiresGrad)
    {
        var tensor = Tensor.FromDoubles(values, shape, type, device);
        tensor.RequiresGrad = requiresGrad;
        return tensor;
    }
}
