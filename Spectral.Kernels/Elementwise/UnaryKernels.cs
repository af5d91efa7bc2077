using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>The two kernels of one function: its values and its gradient.</summary>
internal readonly record struct UnaryPair<T>(
    Action<ArrayView<T>, ArrayView<T>, T> Apply,
    Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, T> Gradient)
    where T : unmanaged, INumber<T>;

/// <summary>Kernels of one argument, generic over the function.</summary>
internal sealed class UnaryKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() =>
    [
        .. Forms<float, FloatMath>(),
        .. Forms<double, DoubleMath>(),
    ];

    internal static UnaryPair<T> Of<T, TMath>(UnaryKind kind)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T> => kind switch
        {
            UnaryKind.Relu => Pair<T, ReluFunction<T>>(),
            UnaryKind.LeakyRelu => Pair<T, LeakyReluFunction<T>>(),
            UnaryKind.Exp => Pair<T, ExpFunction<T, TMath>>(),
            UnaryKind.Log => Pair<T, LogFunction<T, TMath>>(),
            UnaryKind.Sqrt => Pair<T, SqrtFunction<T, TMath>>(),
            UnaryKind.Tanh => Pair<T, TanhFunction<T, TMath>>(),
            UnaryKind.Sigmoid => Pair<T, SigmoidFunction<T, TMath>>(),
            UnaryKind.Gelu => Pair<T, GeluFunction<T, TMath>>(),
            UnaryKind.Relu6 => Pair<T, Relu6Function<T, TMath>>(),
            UnaryKind.Elu => Pair<T, EluFunction<T, TMath>>(),
            UnaryKind.Silu => Pair<T, SiluFunction<T, TMath>>(),
            UnaryKind.Softplus => Pair<T, SoftplusFunction<T, TMath>>(),
            UnaryKind.Abs => Pair<T, AbsFunction<T>>(),
            UnaryKind.Square => Pair<T, SquareFunction<T>>(),
            UnaryKind.PowInteger => Pair<T, PowIntegerFunction<T, TMath>>(),
            UnaryKind.PowReal => Pair<T, PowRealFunction<T, TMath>>(),
            UnaryKind.Scale => Pair<T, ScaleFunction<T>>(),
            UnaryKind.AddScalar => Pair<T, AddScalarFunction<T>>(),
            UnaryKind.DivideInto => Pair<T, DivideIntoFunction<T>>(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    internal static void Apply<T, TFunction>(ArrayView<T> x, ArrayView<T> y, T parameter)
        where T : unmanaged, INumber<T>
        where TFunction : struct, IUnaryFunction<T>
    {
        for (var i = WorkItem.Index; i < y.IntLength; i += WorkItem.Count)
            y[i] = TFunction.Apply(x[i], parameter);
    }

    internal static void Gradient<T, TFunction>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> dy, ArrayView<T> dx, T parameter)
        where T : unmanaged, INumber<T>
        where TFunction : struct, IUnaryFunction<T>
    {
        for (var i = WorkItem.Index; i < dx.IntLength; i += WorkItem.Count)
            dx[i] = TFunction.Gradient(x[i], y[i], dy[i], parameter);
    }

    private static UnaryPair<T> Pair<T, TFunction>()
        where T : unmanaged, INumber<T>
        where TFunction : struct, IUnaryFunction<T> =>
        new(Apply<T, TFunction>, Gradient<T, TFunction>);

    private static IEnumerable<Delegate> Forms<T, TMath>()
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        foreach (var kind in Enum.GetValues<UnaryKind>())
        {
            var (apply, gradient) = Of<T, TMath>(kind);
            yield return apply;
            yield return gradient;
        }
    }
}
