using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Grey images of 28×28 with one shape each, drawn by formula. With (u, v) the place of a pixel's centre
/// relative to the shape's centre, turned by θ and divided by the size r, a shape is where its distance d(u,
/// v) is below 0: circle √(u²+v²) − 1; ring |√(u²+v²) − 0.8| − 0.2; square max(|u|, |v|) − 0.8; frame
/// |max(|u|, |v|) − 0.65| − 0.15; triangle max(v, (√3·|u| − v)/2) − 0.5; cross min(max(|u| − 1, |v| − 0.3),
/// max(|u| − 0.3, |v| − 1)). Brightness is <c>b + (a − b) · clamp(½ − r·d, 0, 1) + ε</c>, with a uniform in
/// (0.5, 1), b in (0, 0.4), r in (6, 10), the centre in (10, 17) along both axes, θ in a quarter turn, and ε
/// normal with deviation 0.08; then it is cut to 0 … 1 and stored as a byte.
/// </summary>
public static class Shapes
{
    /// <summary>The name under which the command line knows the set.</summary>
    public const string Name = "shapes";

    /// <summary>Height and width of an image.</summary>
    public const int Side = 28;

    private const double NoiseDeviation = 0.08;

    private static readonly string[] Classes = ["circle", "cross", "frame", "ring", "square", "triangle"];

    /// <summary>Makes the set.</summary>
    /// <param name="train">Training images, classes in turn.</param>
    /// <param name="test">Test images, classes in turn.</param>
    /// <param name="seed">Which draw of the set.</param>
    /// <returns>Images of shape [1, 28, 28] with the statistics of the training part.</returns>
    /// <exception cref="InvalidInputException">A count that is not positive.</exception>
    public static DataSplit Create(int train = 1200, int test = 600, ulong seed = 2019)
    {
        Throw.Unless(train > 0 && test > 0, Name, $"{train} training and {test} test images",
            "at least one of each", "ask for positive counts");
        var part = Part(train, 0, seed);
        return new DataSplit(Name, part, Part(test, 1, seed)) { Normalization = Normalization.Of(part) };
    }

    // Each image draws from a stream of its own, so that it does not depend on how many there are.
    private static ImageDataset Part(int count, ulong part, ulong seed)
    {
        var pixels = new byte[checked(count * Side * Side)];
        var labels = new int[count];
        var random = new Generator(seed);
        for (var i = 0; i < count; i++)
        {
            labels[i] = i % Classes.Length;
            random.Reset(seed, (part << 32) | (uint)i);
            Draw(Classes[labels[i]], random, pixels.AsSpan(i * Side * Side, Side * Side));
        }
        return new ImageDataset(pixels, [1, Side, Side], labels, [.. Classes]);
    }

    private static void Draw(string shape, Generator random, Span<byte> image)
    {
        var (bright, dark) = (random.NextUniform(0.5, 1), random.NextUniform(0, 0.4));
        var size = random.NextUniform(6, 10);
        var (centreX, centreY) = (random.NextUniform(10, 17), random.NextUniform(10, 17));
        var turn = random.NextUniform(0, 0.25);
        var (cos, sin) = (PortableMath.CosTurns(turn), PortableMath.SinTurns(turn));
        for (var i = 0; i < image.Length; i++)
        {
            var (x, y) = ((i % Side) - centreX, (i / Side) - centreY);
            var (u, v) = (((cos * x) + (sin * y)) / size, ((cos * y) - (sin * x)) / size);
            var inside = Math.Clamp(0.5 - (size * Distance(shape, u, v)), 0, 1);
            var value = dark + ((bright - dark) * inside) + random.NextNormal(0, NoiseDeviation);
            image[i] = (byte)Math.Round(255 * Math.Clamp(value, 0, 1));
        }
    }

    private static double Distance(string shape, double u, double v)
    {
        var (across, along) = (Math.Abs(u), Math.Abs(v));
        return shape switch
        {
            "circle" => Math.Sqrt((u * u) + (v * v)) - 1,
            "ring" => Math.Abs(Math.Sqrt((u * u) + (v * v)) - 0.8) - 0.2,
            "square" => Math.Max(across, along) - 0.8,
            "frame" => Math.Abs(Math.Max(across, along) - 0.65) - 0.15,
            "triangle" => Math.Max(v, ((Math.Sqrt(3) * across) - v) / 2) - 0.5,
            _ => Math.Min(Math.Max(across - 1, along - 0.3), Math.Max(across - 0.3, along - 1)),
        };
    }
}
