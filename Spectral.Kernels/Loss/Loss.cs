using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Losses: one number for each row of [rows, classes], or for each element, times a common factor. A
/// gradient <c>dy</c> of one element serves all of them.
/// </summary>
public static class Loss
{
    /// <summary>loss[n] = −scale · x[n, target[n]], x being logarithms of probabilities.</summary>
    /// <exception cref="InvalidInputException">Lengths or types do not fit, or a target is amiss.</exception>
    public static void Nll(DeviceArray x, DeviceArray target, DeviceArray loss, double scale)
    {
        var classes = Classes("nll", x, target, loss.Length);
        if (x.DType == DType.Float32)
            Nll(x, target, loss, classes, (float)scale);
        else
            Nll<double>(x, target, loss, classes, scale);
    }

    /// <summary>Gradient of <see cref="Nll(DeviceArray, DeviceArray, DeviceArray, double)"/>.</summary>
    /// <exception cref="InvalidInputException">Lengths or types do not fit, or a target is amiss.</exception>
    public static void NllGradient(DeviceArray target, DeviceArray dy, DeviceArray dx, double scale)
    {
        var classes = Classes("nll", dx, target, target.Length);
        var step = Step("nll", dy, target.Length);
        if (dx.DType == DType.Float32)
            NllGradient(target, dy, dx, classes, step, (float)scale);
        else
            NllGradient<double>(target, dy, dx, classes, step, scale);
    }

    /// <summary>
    /// loss[n] = −scale · Σ_c q[c] · log softmax(x[n])[c], where q is 1 − smoothing at the target plus
    /// smoothing / classes everywhere (Szegedy et al. 2016).
    /// </summary>
    /// <param name="x">Logits, rows · classes.</param>
    /// <param name="target">Class indices.</param>
    /// <param name="loss">Losses, one a row.</param>
    /// <param name="logSum">Receives log Σ exp x[n] of each row, for the gradient.</param>
    /// <param name="smoothing">0 to 1.</param>
    /// <param name="scale">Factor of the losses.</param>
    /// <exception cref="InvalidInputException">Lengths or types do not fit, or a target is amiss.</exception>
    public static void CrossEntropy(
        DeviceArray x, DeviceArray target, DeviceArray loss, DeviceArray logSum,
        double smoothing, double scale)
    {
        var classes = Classes("cross entropy", x, target, loss.Length);
        CheckAlike("cross entropy", loss, logSum);
        CheckSmoothing(smoothing);
        if (x.DType == DType.Float32)
            CrossEntropy<float, FloatMath>(x, target, loss, logSum, classes, (float)smoothing, (float)scale);
        else
            CrossEntropy<double, DoubleMath>(x, target, loss, logSum, classes, smoothing, scale);
    }

    /// <summary>Gradient of the cross entropy; <paramref name="dx"/> may be <paramref name="x"/>.</summary>
    /// <exception cref="InvalidInputException">Lengths or types do not fit, or a target is amiss.</exception>
    public static void CrossEntropyGradient(
        DeviceArray x, DeviceArray target, DeviceArray logSum, DeviceArray dy, DeviceArray dx,
        double smoothing, double scale)
    {
        var classes = Classes("cross entropy", x, target, logSum.Length);
        var step = Step("cross entropy", dy, target.Length);
        CheckAlike("cross entropy", x, dx);
        CheckSmoothing(smoothing);
        if (x.DType == DType.Float32)
            CrossEntropyGradient<float, FloatMath>(
                x, target, logSum, dy, dx, classes, step, (float)smoothing, (float)scale);
        else
            CrossEntropyGradient<double, DoubleMath>(
                x, target, logSum, dy, dx, classes, step, smoothing, scale);
    }

    /// <summary>loss[i] = scale · (a[i] − b[i])².</summary>
    /// <exception cref="InvalidInputException">Lengths or types differ.</exception>
    public static void Square(DeviceArray a, DeviceArray b, DeviceArray loss, double scale)
    {
        CheckAlike("mse", a, b);
        CheckAlike("mse", a, loss);
        if (a.DType == DType.Float32)
            Square(a, b, loss, (float)scale);
        else
            Square<double>(a, b, loss, scale);
    }

    /// <summary>da[i] = 2 · scale · dy[i] · (a[i] − b[i]).</summary>
    /// <exception cref="InvalidInputException">Lengths or types differ.</exception>
    public static void SquareGradient(
        DeviceArray a, DeviceArray b, DeviceArray dy, DeviceArray da, double scale)
    {
        CheckAlike("mse", a, b);
        CheckAlike("mse", a, da);
        var step = Step("mse", dy, a.Length);
        if (a.DType == DType.Float32)
            SquareGradient(a, b, dy, da, step, (float)scale);
        else
            SquareGradient<double>(a, b, dy, da, step, scale);
    }

    private static void Nll<T>(DeviceArray x, DeviceArray target, DeviceArray loss, int classes, T scale)
        where T : unmanaged, INumber<T>
    {
        Action<ArrayView<T>, ArrayView<int>, ArrayView<T>, int, T> kernel = LossKernels.Nll;
        x.Device.Launch(kernel, x.Device.Limits.Elements(loss.Length),
            x.View<T>(), target.View<int>(), loss.View<T>(), classes, scale);
    }

    private static void NllGradient<T>(
        DeviceArray target, DeviceArray dy, DeviceArray dx, int classes, int step, T scale)
        where T : unmanaged, INumber<T>
    {
        Action<ArrayView<int>, ArrayView<T>, ArrayView<T>, int, int, T> kernel = LossKernels.NllGradient;
        dx.Device.Launch(kernel, dx.Device.Limits.Elements(dx.Length),
            target.View<int>(), dy.View<T>(), dx.View<T>(), classes, step, scale);
    }

    private static void CrossEntropy<T, TMath>(
        DeviceArray x, DeviceArray target, DeviceArray loss, DeviceArray logSum, int classes,
        T smoothing, T scale)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        Action<ArrayView<T>, ArrayView<int>, ArrayView<T>, ArrayView<T>, int, T, T> kernel =
            LossKernels.CrossEntropy<T, TMath>;
        x.Device.Launch(kernel, x.Device.Limits.Elements(loss.Length),
            x.View<T>(), target.View<int>(), loss.View<T>(), logSum.View<T>(), classes, smoothing, scale);
    }

    private static void CrossEntropyGradient<T, TMath>(
        DeviceArray x, DeviceArray target, DeviceArray logSum, DeviceArray dy, DeviceArray dx,
        int classes, int step, T smoothing, T scale)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        Action<ArrayView<T>, ArrayView<int>, ArrayView<T>, ArrayView<T>, ArrayView<T>, int, int, T, T>
            kernel = LossKernels.CrossEntropyGradient<T, TMath>;
        x.Device.Launch(kernel, x.Device.Limits.Elements(x.Length),
            x.View<T>(), target.View<int>(), logSum.View<T>(), dy.View<T>(), dx.View<T>(),
            classes, step, smoothing, scale);
    }

    private static void Square<T>(DeviceArray a, DeviceArray b, DeviceArray loss, T scale)
        where T : unmanaged, INumber<T>
    {
        Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, T> kernel = LossKernels.Square;
        a.Device.Launch(kernel, a.Device.Limits.Elements(a.Length),
            a.View<T>(), b.View<T>(), loss.View<T>(), scale);
    }

    private static void SquareGradient<T>(
        DeviceArray a, DeviceArray b, DeviceArray dy, DeviceArray da, int step, T scale)
        where T : unmanaged, INumber<T>
    {
        Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, int, T> kernel =
            LossKernels.SquareGradient;
        a.Device.Launch(kernel, a.Device.Limits.Elements(a.Length),
            a.View<T>(), b.View<T>(), dy.View<T>(), da.View<T>(), step, scale);
    }

    private static int Classes(string operation, DeviceArray x, DeviceArray target, int rows)
    {
        Throw.Unless(rows > 0 && x.Length > 0 && x.Length % rows == 0 && x.DType.IsReal()
            && x.Device == target.Device, operation,
            $"{x.Length} {x.DType} for {rows} rows", "one row of at least one class or more, on one device",
            "give scores [rows, classes]");
        Targets.Check(operation, target, rows, x.Length / rows);
        return x.Length / rows;
    }

    private static int Step(string operation, DeviceArray dy, int count)
    {
        Throw.Unless(dy.Length == 1 || dy.Length == count, operation, $"{dy.Length} gradients",
            $"1 or {count}", "give one, or one for each loss");
        return dy.Length == 1 ? 0 : 1;
    }

    private static void CheckAlike(string operation, DeviceArray a, DeviceArray b) =>
        Throw.Unless(
            a.Length == b.Length && a.DType == b.DType && a.DType.IsReal() && a.Device == b.Device, operation,
            $"{a.Length} {a.DType} and {b.Length} {b.DType}", "equal lengths, one real type and one device",
            "give tensors alike");

    private static void CheckSmoothing(double smoothing) =>
        Throw.Unless(smoothing is >= 0 and <= 1, "cross entropy", $"label smoothing {smoothing}", "0 to 1",
            "choose a small one, such as 0.1");
}
