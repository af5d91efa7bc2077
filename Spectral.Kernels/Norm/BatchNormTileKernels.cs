using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Batch normalisation for GPUs: a group sums a part of a channel, its work-items reading side by side, and
/// adds up in shared memory; the rest runs a work-item an element.
/// </summary>
internal sealed class BatchNormTileKernels : IKernelForms
{
    /// <summary>Work-items of a group: a power of two.</summary>
    internal const int GroupSize = 256;

    public static IEnumerable<Delegate> Forms() =>
    [
        .. Forms<float, FloatMath>(),
        .. Forms<double, DoubleMath>(),
    ];

    /// <summary>As <see cref="BatchNormVectorKernels.Moments"/>.</summary>
    internal static void Moments<T, TMath>(
        ArrayView<T> x, ArrayView<T> means, ArrayView<T> squares,
        int batch, int channels, int inner, int splits)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        var shared = SharedMemory.Allocate<T>(GroupSize);
        for (var i = Grid.IdxX; i < channels * splits; i += Grid.DimX)
        {
            var (split, channel) = (i / channels, i % channels);
            var first = (int)((long)split * batch / splits);
            var count = ((int)((long)(split + 1) * batch / splits) - first) * inner;
            var shift = x[channel * inner];
            var sum = T.Zero;
            for (var e = Group.IdxX; e < count; e += Group.DimX)
                sum += x[((((first + (e / inner)) * channels) + channel) * inner) + (e % inner)] - shift;
            var mean = GroupSum(shared, sum) / TMath.FromInt(count);
            var square = T.Zero;
            for (var e = Group.IdxX; e < count; e += Group.DimX)
            {
                var at = ((((first + (e / inner)) * channels) + channel) * inner) + (e % inner);
                square += (x[at] - (shift + mean)) * (x[at] - (shift + mean));
            }

            square = GroupSum(shared, square);
            if (Group.IdxX == 0)
            {
                means[i] = mean;
                squares[i] = square;
            }
        }
    }

    /// <summary>As <see cref="BatchNormVectorKernels.Normalise"/>.</summary>
    internal static void Normalise<T, TResidual, TFunction>(
        ArrayView<T> x, ArrayView<T> residual, ArrayView<T> y, ArrayView<T> mean, ArrayView<T> scale,
        ArrayView<T> shift, int channels, int inner)
        where T : unmanaged, INumber<T>
        where TResidual : struct, IResidual<T>
        where TFunction : struct, IUnaryFunction<T>
    {
        for (var i = WorkItem.Index; i < x.IntLength; i += WorkItem.Count)
        {
            var channel = i / inner % channels;
            var v = ((x[i] - mean[channel]) * scale[channel]) + shift[channel];
            y[i] = TFunction.Apply(TResidual.Add(v, residual, i), T.Zero);
        }
    }

    /// <summary>As <see cref="BatchNormVectorKernels.GradientSums"/>.</summary>
    internal static void GradientSums<T, TFunction>(
        ArrayView<T> x, ArrayView<T> dy, ArrayView<T> mean, ArrayView<T> scale, ArrayView<T> shift,
        ArrayView<T> sums, ArrayView<T> moments, int batch, int channels, int inner, int splits)
        where T : unmanaged, INumber<T>
        where TFunction : struct, IUnaryFunction<T>
    {
        var shared = SharedMemory.Allocate<T>(GroupSize);
        for (var i = Grid.IdxX; i < channels * splits; i += Grid.DimX)
        {
            var (split, channel) = (i / channels, i % channels);
            var first = (int)((long)split * batch / splits);
            var count = ((int)((long)(split + 1) * batch / splits) - first) * inner;
            var (m, a, b) = (mean[channel], scale[channel], shift[channel]);
            var (sum, moment) = (T.Zero, T.Zero);
            for (var e = Group.IdxX; e < count; e += Group.DimX)
            {
                var at = ((((first + (e / inner)) * channels) + channel) * inner) + (e % inner);
                var v = ((x[at] - m) * a) + b;
                var dv = TFunction.Gradient(v, v, dy[at], T.Zero);
                sum += dv;
                moment += dv * (x[at] - m);
            }

            sum = GroupSum(shared, sum);
            moment = GroupSum(shared, moment);
            if (Group.IdxX == 0)
            {
                sums[i] = sum;
                moments[i] = moment;
            }
        }
    }

    /// <summary>As <see cref="BatchNormVectorKernels.InputGradient"/>.</summary>
    internal static void InputGradient<T, TFunction>(
        ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dx, ArrayView<T> mean, ArrayView<T> scale,
        ArrayView<T> shift, ArrayView<T> slope, ArrayView<T> offset, int channels, int inner)
        where T : unmanaged, INumber<T>
        where TFunction : struct, IUnaryFunction<T>
    {
        for (var i = WorkItem.Index; i < x.IntLength; i += WorkItem.Count)
        {
            var channel = i / inner % channels;
            var (m, a) = (mean[channel], scale[channel]);
            var v = ((x[i] - m) * a) + shift[channel];
            var dv = TFunction.Gradient(v, v, dy[i], T.Zero);
            dx[i] = (a * dv) - ((x[i] - m) * slope[channel]) - offset[channel];
        }
    }

    /// <summary>The sum over the group, to all of it; always added in the same order.</summary>
    private static T GroupSum<T>(ArrayView<T> shared, T term) where T : unmanaged, INumber<T>
    {
        shared[Group.IdxX] = term;
        Group.Barrier();
        for (var half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half)
                shared[Group.IdxX] += shared[Group.IdxX + half];
            Group.Barrier();
        }

        var sum = shared[0];
        Group.Barrier();
        return sum;
    }

    private static IEnumerable<Delegate> Forms<T, TMath>()
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, int, int, int, int>)Moments<T, TMath>,
        .. Forward<T, IdentityFunction<T>>(),
        .. Forward<T, ReluFunction<T>>(),
        .. Backward<T, IdentityFunction<T>>(),
        .. Backward<T, ReluFunction<T>>(),
    ];

    private static IEnumerable<Delegate> Forward<T, TFunction>()
        where T : unmanaged, INumber<T>
        where TFunction : struct, IUnaryFunction<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, int, int>)
            Normalise<T, NoResidual<T>, TFunction>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, int, int>)
            Normalise<T, AddedResidual<T>, TFunction>,
    ];

    private static IEnumerable<Delegate> Backward<T, TFunction>()
        where T : unmanaged, INumber<T>
        where TFunction : struct, IUnaryFunction<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
            ArrayView<T>, int, int, int, int>)GradientSums<T, TFunction>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
            ArrayView<T>, ArrayView<T>, int, int>)InputGradient<T, TFunction>,
    ];
}
