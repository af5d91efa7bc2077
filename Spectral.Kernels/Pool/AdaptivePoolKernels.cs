using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Mean over adaptive windows, one element a turn.</summary>
internal sealed class AdaptivePoolKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() =>
    [
        (Action<ArrayView<float>, ArrayView<float>, AdaptivePoolShape>)Forward<float, FloatMath>,
        (Action<ArrayView<float>, ArrayView<float>, AdaptivePoolShape>)Backward<float, FloatMath>,
        (Action<ArrayView<double>, ArrayView<double>, AdaptivePoolShape>)Forward<double, DoubleMath>,
        (Action<ArrayView<double>, ArrayView<double>, AdaptivePoolShape>)Backward<double, DoubleMath>,
    ];

    internal static void Forward<T, TMath>(ArrayView<T> x, ArrayView<T> y, AdaptivePoolShape shape)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        for (var i = WorkItem.Index; i < y.IntLength; i += WorkItem.Count)
        {
            var (row, column) = (i / shape.OutputWidth, i % shape.OutputWidth);
            var (plane, p) = (row / shape.OutputHeight, row % shape.OutputHeight);
            var top = AdaptivePoolShape.First(p, shape.Height, shape.OutputHeight);
            var bottom = AdaptivePoolShape.End(p, shape.Height, shape.OutputHeight);
            var left = AdaptivePoolShape.First(column, shape.Width, shape.OutputWidth);
            var right = AdaptivePoolShape.End(column, shape.Width, shape.OutputWidth);
            var sum = T.Zero;
            for (var h = top; h < bottom; h++)
                sum += Runs.Sum(
                    x, (((plane * shape.Height) + h) * shape.Width) + left, right - left, T.Zero);
            y[i] = sum / TMath.FromInt((bottom - top) * (right - left));
        }
    }

    // The outputs that cover an input are those of the mirrored rule, with the roles of both axes changed.
    internal static void Backward<T, TMath>(ArrayView<T> dy, ArrayView<T> dx, AdaptivePoolShape shape)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        for (var i = WorkItem.Index; i < dx.IntLength; i += WorkItem.Count)
        {
            var (row, w) = (i / shape.Width, i % shape.Width);
            var (plane, h) = (row / shape.Height, row % shape.Height);
            var top = AdaptivePoolShape.First(h, shape.OutputHeight, shape.Height);
            var bottom = AdaptivePoolShape.End(h, shape.OutputHeight, shape.Height);
            var left = AdaptivePoolShape.First(w, shape.OutputWidth, shape.Width);
            var right = AdaptivePoolShape.End(w, shape.OutputWidth, shape.Width);
            var sum = T.Zero;
            for (var p = top; p < bottom; p++)
                for (var q = left; q < right; q++)
                {
                    var rows = Covered(p, shape.Height, shape.OutputHeight);
                    var columns = Covered(q, shape.Width, shape.OutputWidth);
                    sum += dy[(((plane * shape.OutputHeight) + p) * shape.OutputWidth) + q]
                        / TMath.FromInt(rows * columns);
                }
            dx[i] = sum;
        }
    }

    private static int Covered(int o, int inputs, int outputs) =>
        AdaptivePoolShape.End(o, inputs, outputs) - AdaptivePoolShape.First(o, inputs, outputs);
}
