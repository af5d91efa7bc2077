using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Softmax and its logarithm along the middle axis of [outer, count, inner]; one work-item a row. The
/// largest element is subtracted first, so that no exponential overflows.
/// </summary>
internal sealed class SoftmaxKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() =>
        [.. Forms<float, FloatMath>(), .. Forms<double, DoubleMath>()];

    internal static void Apply<T, TMath>(ArrayView<T> x, ArrayView<T> y, int count, int inner)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        for (var row = WorkItem.Index; row < x.IntLength / count; row += WorkItem.Count)
        {
            var start = Start(row, count, inner);
            var largest = Largest(x, start, count, inner);
            var sum = T.Zero;
            for (var r = 0; r < count; r++)
            {
                var e = TMath.Exp(x[start + (r * inner)] - largest);
                y[start + (r * inner)] = e;
                sum += e;
            }

            for (var r = 0; r < count; r++)
                y[start + (r * inner)] /= sum;
        }
    }

    internal static void Gradient<T>(ArrayView<T> y, ArrayView<T> dy, ArrayView<T> dx, int count, int inner)
        where T : unmanaged, INumber<T>
    {
        for (var row = WorkItem.Index; row < y.IntLength / count; row += WorkItem.Count)
        {
            var start = Start(row, count, inner);
            var dot = T.Zero;
            for (var r = 0; r < count; r++)
                dot += y[start + (r * inner)] * dy[start + (r * inner)];
            for (var r = 0; r < count; r++)
                dx[start + (r * inner)] = y[start + (r * inner)] * (dy[start + (r * inner)] - dot);
        }
    }

    internal static void ApplyLog<T, TMath>(ArrayView<T> x, ArrayView<T> y, int count, int inner)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        for (var row = WorkItem.Index; row < x.IntLength / count; row += WorkItem.Count)
        {
            var start = Start(row, count, inner);
            var largest = Largest(x, start, count, inner);
            var sum = T.Zero;
            for (var r = 0; r < count; r++)
                sum += TMath.Exp(x[start + (r * inner)] - largest);
            var logarithm = TMath.Log(sum);
            for (var r = 0; r < count; r++)
                y[start + (r * inner)] = x[start + (r * inner)] - largest - logarithm;
        }
    }

    internal static void GradientLog<T, TMath>(
        ArrayView<T> y, ArrayView<T> dy, ArrayView<T> dx, int count, int inner)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        for (var row = WorkItem.Index; row < y.IntLength / count; row += WorkItem.Count)
        {
            var start = Start(row, count, inner);
            var sum = T.Zero;
            for (var r = 0; r < count; r++)
                sum += dy[start + (r * inner)];
            for (var r = 0; r < count; r++)
                dx[start + (r * inner)] =
                    dy[start + (r * inner)] - (TMath.Exp(y[start + (r * inner)]) * sum);
        }
    }

    private static int Start(int row, int count, int inner) => (row / inner * inner * count) + (row % inner);

    private static T Largest<T>(ArrayView<T> x, int start, int count, int inner)
        where T : unmanaged, INumber<T>
    {
        var largest = x[start];
        for (var r = 1; r < count; r++)
        {
            var value = x[start + (r * inner)];
            largest = value > largest ? value : largest;
        }

        return largest;
    }

    private static IEnumerable<Delegate> Forms<T, TMath>()
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, int, int>)Apply<T, TMath>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, int, int>)Gradient,
        (Action<ArrayView<T>, ArrayView<T>, int, int>)ApplyLog<T, TMath>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, int, int>)GradientLog<T, TMath>,
    ];
}
