using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>
/// Input, filters and output gradient of a layer, and the layer itself as a user would call it.
/// </summary>
internal sealed class LayerOperands : IDisposable
{
    private readonly ConvShape _shape;
    private readonly int _dimensions;
    private readonly bool _both;
    private readonly Tensor _x, _w, _dy;

    /// <summary>Makes random operands.</summary>
    internal LayerOperands(
        ComputeDevice device, ConvShape shape, int dimensions, bool both, DType type = DType.Float32)
    {
        (_shape, _dimensions, _both) = (shape, dimensions, both);
        _x = Random(1, shape.InputCount, Planes(shape.N, shape.C, shape.Input));
        _w = Random(2, shape.FilterCount, Planes(shape.K, shape.C, shape.Kernel));
        _dy = Random(3, shape.OutputCount, Planes(shape.N, shape.K, shape.Output));
        (_x.RequiresGrad, _w.RequiresGrad) = (both, both);

        Tensor Random(int seed, long length, Shape planes) =>
            new(RandomArrays.Of(device, type, seed, length), planes);
    }

    /// <summary>Runs the layer once, forward or forward and backward.</summary>
    /// <param name="band">How much is kept.</param>
    /// <param name="policy">FFT lengths.</param>
    /// <param name="see">Is shown y, and dx and dw, before they are freed; or null.</param>
    internal void Run(Band band, FftSizePolicy policy, Action<Tensor>? see = null)
    {
        using var scope = new TensorScope();
        var y = _dimensions == 1
            ? Ops.BandLimitedConv1d(
                _x, _w, null, new Conv1dSettings(1, _shape.W.PadBefore, _shape.W.PadAfter), band, policy)
            : Ops.BandLimitedConv2d(
                _x, _w, null, new Conv2dSettings(1, (_shape.H.PadBefore, _shape.W.PadBefore)), band, policy);
        see?.Invoke(y);
        if (!_both)
            return;
        y.Backward(_dy);
        foreach (var leaf in (Tensor[])[_x, _w])
        {
            see?.Invoke(leaf.Grad!);
            leaf.Grad!.Dispose();
            leaf.Grad = null;
        }
    }

    /// <summary>The worst of the results' distances from the same in double.</summary>
    internal double Error(Band band, FftSizePolicy policy)
    {
        List<float[]> got = [];
        Run(band, policy, t => got.Add(t.ToArray<float>()));
        using var exact = new LayerOperands(_x.Device, _shape, _dimensions, _both, DType.Float64);
        var (worst, i) = (0.0, 0);
        exact.Run(band, policy, t =>
            worst = Math.Max(worst, RandomArrays.Distance(got[i++], t.ToArray<double>())));
        return worst;
    }

    public void Dispose()
    {
        _x.Dispose();
        _w.Dispose();
        _dy.Dispose();
    }

    private Shape Planes(int outer, int inner, (int H, int W) plane) => _dimensions == 1
        ? new Shape(outer, inner, plane.W)
        : new Shape(outer, inner, plane.H, plane.W);
}
