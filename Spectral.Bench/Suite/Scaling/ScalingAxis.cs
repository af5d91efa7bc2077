using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>One size of a layer that grows while the others stay.</summary>
/// <param name="Name">Which, as file names and figures say it.</param>
/// <param name="Values">Its values, growing.</param>
/// <param name="ShapeAt">The layer at a value.</param>
internal sealed record ScalingAxis(string Name, IReadOnlyList<int> Values, Func<int, ConvShape> ShapeAt)
{
    private const int Filter = 5;

    /// <summary>Batch, length and channels.</summary>
    internal static IReadOnlyList<ScalingAxis> All { get; } =
    [
        new("batch", Doubling(8, 256), n => Layer(n, 64, 256)),
        new("length", Doubling(64, 16384), length => Layer(8, 32, length)),
        new("channels", Doubling(16, 512), channels => Layer(8, channels, 128)),
    ];

    /// <summary>
    /// The layer at one value, forward and backward, ours at three shares and a direct one.
    /// </summary>
    internal Contest ContestAt(SuiteContext context, int value)
    {
        var shape = ShapeAt(value);
        var contest = new Contest(Name, $"{value}", "forward+backward") { Rounds = 3 };
        LayerContest.AddOurs(context, contest, shape, 1, both: true, [100, 50, 10], withExact: false);
        LayerContest.PairDirect(context, contest, shape, 1, both: true);
        return contest;
    }

    /// <summary>What the time is divided by: products of a batch's samples with pairs of channels.</summary>
    internal double UnitsAt(int value)
    {
        var shape = ShapeAt(value);
        return (double)shape.N * shape.W.Length * shape.C * shape.K;
    }

    private static ConvShape Layer(int n, int channels, int length) => ConvShape.OneAxis(
        n, channels, channels, new ConvAxis(length, Filter, 1, Filter / 2, Filter / 2));

    private static int[] Doubling(int first, int last)
    {
        List<int> values = [];
        for (var value = first; value <= last; value *= 2)
            values.Add(value);
        return [.. values];
    }
}
