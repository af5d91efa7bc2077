using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Initial values of parameters, drawn on the host so that a seed gives the same model on every device.
/// Fans are taken as PyTorch takes them: of a shape [out, in, …kernel], fan-in is in · kernel elements and
/// fan-out is out · kernel elements.
/// </summary>
public static class Init
{
    [ThreadStatic]
    private static int _skipping;

    /// <summary>
    /// Layers that this thread makes until the result is disposed get zeros in place of random numbers, which
    /// saves the time of drawing them when weights are loaded next.
    /// </summary>
    public static IDisposable Skip() => new Skipping();

    /// <summary>Every element the same.</summary>
    public static void Constant(Tensor tensor, double value) => Fill(tensor, () => value);

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    /// <param name="tensor">The tensor to fill.</param>
    /// <param name="low">Lower bound.</param>
    /// <param name="high">Upper bound.</param>
    /// <param name="generator">Source of the numbers; null takes <see cref="Generator.Default"/>.</param>
    public static void Uniform(Tensor tensor, double low, double high, Generator? generator = null)
    {
        generator ??= Generator.Default;
        FillRandom(tensor, () => generator.NextUniform(low, high));
    }

    /// <summary>Normal with a mean and a standard deviation.</summary>
    /// <param name="tensor">The tensor to fill.</param>
    /// <param name="mean">Mean.</param>
    /// <param name="deviation">Standard deviation.</param>
    /// <param name="generator">Source of the numbers; null takes <see cref="Generator.Default"/>.</param>
    public static void Normal(Tensor tensor, double mean = 0, double deviation = 1, Generator? generator = null)
    {
        generator ??= Generator.Default;
        FillRandom(tensor, () => generator.NextNormal(mean, deviation));
    }

    /// <summary>
    /// Uniform in ±√3 · gain / √fan (He et al. 2015). PyTorch's convolutions and linear layers start with
    /// a = √5, which is ±1 / √fanIn.
    /// </summary>
    /// <param name="tensor">The tensor to fill, of rank 2 or more.</param>
    /// <param name="a">Slope of the leaky ReLU behind the layer.</param>
    /// <param name="mode">Fan-in keeps the size of values, fan-out that of gradients.</param>
    /// <param name="nonlinearity">What follows the layer; only a leaky ReLU reads <paramref name="a"/>.</param>
    /// <param name="generator">Source of the numbers; null takes <see cref="Generator.Default"/>.</param>
    public static void KaimingUniform(
        Tensor tensor, double a = 0, FanMode mode = FanMode.In,
        Nonlinearity nonlinearity = Nonlinearity.LeakyRelu, Generator? generator = null)
    {
        var bound = Math.Sqrt(3) * KaimingDeviation(tensor, a, mode, nonlinearity);
        Uniform(tensor, -bound, bound, generator);
    }

    /// <summary>Normal with deviation gain / √fan (He et al. 2015).</summary>
    /// <param name="tensor">The tensor to fill, of rank 2 or more.</param>
    /// <param name="a">Slope of the leaky ReLU behind the layer.</param>
    /// <param name="mode">Fan-in keeps the size of values, fan-out that of gradients.</param>
    /// <param name="nonlinearity">What follows the layer; only a leaky ReLU reads <paramref name="a"/>.</param>
    /// <param name="generator">Source of the numbers; null takes <see cref="Generator.Default"/>.</param>
    public static void KaimingNormal(
        Tensor tensor, double a = 0, FanMode mode = FanMode.In,
        Nonlinearity nonlinearity = Nonlinearity.LeakyRelu, Generator? generator = null) =>
        Normal(tensor, 0, KaimingDeviation(tensor, a, mode, nonlinearity), generator);

    /// <summary>Uniform in ±gain · √(6 / (fanIn + fanOut)) (Glorot and Bengio 2010).</summary>
    /// <param name="tensor">The tensor to fill, of rank 2 or more.</param>
    /// <param name="gain">Factor; 1 for linear layers and tanh.</param>
    /// <param name="generator">Source of the numbers; null takes <see cref="Generator.Default"/>.</param>
    public static void XavierUniform(Tensor tensor, double gain = 1, Generator? generator = null)
    {
        var fans = Fans(tensor.Shape);
        var bound = gain * Math.Sqrt(6.0 / (fans.In + fans.Out));
        Uniform(tensor, -bound, bound, generator);
    }

    /// <summary>Normal with deviation gain · √(2 / (fanIn + fanOut)) (Glorot and Bengio 2010).</summary>
    /// <param name="tensor">The tensor to fill, of rank 2 or more.</param>
    /// <param name="gain">Factor; see <see cref="Gain"/>.</param>
    /// <param name="generator">Source of the numbers; null takes <see cref="Generator.Default"/>.</param>
    public static void XavierNormal(Tensor tensor, double gain = 1, Generator? generator = null)
    {
        var fans = Fans(tensor.Shape);
        Normal(tensor, 0, gain * Math.Sqrt(2.0 / (fans.In + fans.Out)), generator);
    }

    /// <summary>PyTorch's table of recommended gains.</summary>
    /// <param name="nonlinearity">What follows the layer.</param>
    /// <param name="slope">Slope below zero of a leaky ReLU; the others do not read it.</param>
    public static double Gain(Nonlinearity nonlinearity, double slope = 0.01) => nonlinearity switch
    {
        Nonlinearity.Tanh => 5.0 / 3,
        Nonlinearity.Relu => Math.Sqrt(2),
        Nonlinearity.LeakyRelu => Math.Sqrt(2 / (1 + (slope * slope))),
        Nonlinearity.Selu => 0.75,
        _ => 1,
    };

    /// <summary>
    /// PyTorch's start of convolutions and linear layers: weight and bias uniform in ±1 / √fanIn of the weight.
    /// </summary>
    /// <param name="weight">[out, in, …kernel].</param>
    /// <param name="bias">[out], or null.</param>
    /// <param name="generator">Source of the numbers; null takes <see cref="Generator.Default"/>.</param>
    public static void LayerDefault(Tensor weight, Tensor? bias, Generator? generator = null)
    {
        KaimingUniform(weight, Math.Sqrt(5), generator: generator);
        if (bias is null)
            return;
        var bound = 1 / Math.Sqrt(Fans(weight.Shape).In);
        Uniform(bias, -bound, bound, generator);
    }

    /// <summary>Fan-in and fan-out of a weight [out, in, …kernel].</summary>
    /// <exception cref="InvalidInputException">The rank is below 2, or an extent is 0.</exception>
    public static (int In, int Out) Fans(Shape shape)
    {
        Throw.Unless(shape.Rank >= 2 && shape.Elements > 0, "init", $"a shape {shape}",
            "rank 2 or more without empty axes", "use Uniform, Normal or Constant for biases");
        return (shape.Elements / shape[0], shape.Elements / shape[1]);
    }

    private static void FillRandom(Tensor tensor, Func<double> next)
    {
        if (_skipping == 0)
            Fill(tensor, next);
        else
            tensor.Data.Clear();
    }

    private static double KaimingDeviation(Tensor tensor, double a, FanMode mode, Nonlinearity nonlinearity)
    {
        var fans = Fans(tensor.Shape);
        return Gain(nonlinearity, a) / Math.Sqrt(mode == FanMode.Out ? fans.Out : fans.In);
    }

    private static void Fill(Tensor tensor, Func<double> next)
    {
        if (tensor.DType == DType.Float64)
            tensor.Data.CopyFrom<double>(Draw(tensor.Length, next, v => v));
        else
            tensor.Data.CopyFrom<float>(Draw(tensor.Length, next, v => (float)v));
    }

    private static T[] Draw<T>(int count, Func<double> next, Func<double, T> narrow)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++)
            values[i] = narrow(next());
        return values;
    }

    private sealed class Skipping : IDisposable
    {
        private bool _disposed;

        public Skipping() => _skipping++;

        public void Dispose()
        {
            if (!_disposed)
                _skipping--;
            _disposed = true;
        }
    }
}
