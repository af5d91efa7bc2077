using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Losses of [rows, classes] against one class a row, and of equal arrays. Each writes a loss a row (or an
/// element), already times <c>scale</c>; <c>step</c> is 0 where one gradient serves all, 1 where each has its
/// own.
/// </summary>
internal sealed class LossKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() =>
        [.. Forms<float, FloatMath>(), .. Forms<double, DoubleMath>()];

    /// <summary>loss[n] = −scale · x[n, t[n]].</summary>
    internal static void Nll<T>(
        ArrayView<T> x, ArrayView<int> target, ArrayView<T> loss, int classes, T scale)
        where T : unmanaged, INumber<T>
    {
        for (var n = WorkItem.Index; n < loss.IntLength; n += WorkItem.Count)
            loss[n] = -scale * x[(n * classes) + target[n]];
    }

    /// <summary>dx[n, t[n]] = −scale · dy[n], 0 elsewhere.</summary>
    internal static void NllGradient<T>(
        ArrayView<int> target, ArrayView<T> dy, ArrayView<T> dx, int classes, int step, T scale)
        where T : unmanaged, INumber<T>
    {
        for (var i = WorkItem.Index; i < dx.IntLength; i += WorkItem.Count)
        {
            var n = i / classes;
            dx[i] = i % classes == target[n] ? -scale * dy[n * step] : T.Zero;
        }
    }

    /// <summary>
    /// loss[n] = scale · (L − (1 − s)·x[n, t[n]] − s · mean x[n]), with L[n] = log Σ exp x[n], which
    /// the gradient reads.
    /// </summary>
    internal static void CrossEntropy<T, TMath>(
        ArrayView<T> x, ArrayView<int> target, ArrayView<T> loss, ArrayView<T> logSum,
        int classes, T smoothing, T scale)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        for (var n = WorkItem.Index; n < loss.IntLength; n += WorkItem.Count)
        {
            var start = n * classes;
            var largest = x[start];
            for (var c = 1; c < classes; c++)
            {
                var value = x[start + c];
                largest = value > largest ? value : largest;
            }

            var (sum, total) = (T.Zero, T.Zero);
            for (var c = 0; c < classes; c++)
            {
                var z = x[start + c] - largest;
                sum += TMath.Exp(z);
                total += z;
            }

            var logarithm = TMath.Log(sum);
            var wanted = (T.One - smoothing) * (x[start + target[n]] - largest);
            // Without smoothing a logit of −∞ in another class must not make 0 · ∞.
            if (smoothing > T.Zero)
                wanted += smoothing * total / TMath.FromInt(classes);
            loss[n] = scale * (logarithm - wanted);
            logSum[n] = largest + logarithm;
        }
    }

    /// <summary>dx[n, c] = scale · dy[n] · (exp(x − L[n]) − (1 − s)·[c = t[n]] − s / classes).</summary>
    internal static void CrossEntropyGradient<T, TMath>(
        ArrayView<T> x, ArrayView<int> target, ArrayView<T> logSum, ArrayView<T> dy, ArrayView<T> dx,
        int classes, int step, T smoothing, T scale)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        var even = smoothing / TMath.FromInt(classes);
        for (var i = WorkItem.Index; i < dx.IntLength; i += WorkItem.Count)
        {
            var n = i / classes;
            var wanted = i % classes == target[n] ? T.One - smoothing + even : even;
            dx[i] = scale * dy[n * step] * (TMath.Exp(x[i] - logSum[n]) - wanted);
        }
    }

    /// <summary>loss[i] = scale · (a[i] − b[i])².</summary>
    internal static void Square<T>(ArrayView<T> a, ArrayView<T> b, ArrayView<T> loss, T scale)
        where T : unmanaged, INumber<T>
    {
        for (var i = WorkItem.Index; i < loss.IntLength; i += WorkItem.Count)
        {
            var difference = a[i] - b[i];
            loss[i] = scale * difference * difference;
        }
    }

    /// <summary>da[i] = 2 · scale · dy[i] · (a[i] − b[i]).</summary>
    internal static void SquareGradient<T>(
        ArrayView<T> a, ArrayView<T> b, ArrayView<T> dy, ArrayView<T> da, int step, T scale)
        where T : unmanaged, INumber<T>
    {
        for (var i = WorkItem.Index; i < da.IntLength; i += WorkItem.Count)
            da[i] = (scale + scale) * dy[i * step] * (a[i] - b[i]);
    }

    private static IEnumerable<Delegate> Forms<T, TMath>()
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T> =>
    [
        (Action<ArrayView<T>, ArrayView<int>, ArrayView<T>, int, T>)Nll,
        (Action<ArrayView<int>, ArrayView<T>, ArrayView<T>, int, int, T>)NllGradient,
        (Action<ArrayView<T>, ArrayView<int>, ArrayView<T>, ArrayView<T>, int, T, T>)CrossEntropy<T, TMath>,
        (Action<ArrayView<T>, ArrayView<int>, ArrayView<T>, ArrayView<T>, ArrayView<T>, int, int, T, T>)
            CrossEntropyGradient<T, TMath>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, T>)Square,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, int, T>)SquareGradient,
    ];
}
