using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Kernels of <see cref="Clip"/>.</summary>
internal sealed class ClipKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() =>
        [.. Forms<float, FloatMath>(), .. Forms<double, DoubleMath>()];

    /// <summary>parts[i] = Σ g² over segment i: adjacent terms, or every parts.Length-th.</summary>
    internal static void Squares<T>(ArrayView<T> g, ArrayView<T> parts, int terms, int adjacent)
        where T : unmanaged, INumber<T>
    {
        for (var part = WorkItem.Index; part < parts.IntLength; part += WorkItem.Count)
        {
            var (at, step) = adjacent != 0 ? (part * terms, 1) : (part, parts.IntLength);
            var sum = T.Zero;
            for (var i = 0; i < terms && at < g.IntLength; i++)
            {
                sum += g[at] * g[at];
                at += step;
            }

            parts[part] = sum;
        }
    }

    /// <summary>g ← g · min(1, limit / (√sum + tiny)).</summary>
    internal static void ToNorm<T, TMath>(ArrayView<T> g, ArrayView<T> sum, T limit, T tiny)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        var factor = limit / (TMath.Sqrt(sum[0]) + tiny);
        if (factor > T.One)
            factor = T.One;
        for (var i = WorkItem.Index; i < g.IntLength; i += WorkItem.Count)
            g[i] *= factor;
    }

    /// <summary>Each element to −limit … limit.</summary>
    internal static void ToValue<T>(ArrayView<T> g, T limit)
        where T : unmanaged, INumber<T>
    {
        for (var i = WorkItem.Index; i < g.IntLength; i += WorkItem.Count)
        {
            var value = g[i];
            // Compilers turn comparisons round, which NaN does not survive.
            if (T.IsNaN(value))
                continue;
            if (value > limit)
                g[i] = limit;
            if (value < -limit)
                g[i] = -limit;
        }
    }

    private static Delegate[] Forms<T, TMath>()
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, int, int>)Squares,
        (Action<ArrayView<T>, ArrayView<T>, T, T>)ToNorm<T, TMath>,
        (Action<ArrayView<T>, T>)ToValue,
    ];
}
