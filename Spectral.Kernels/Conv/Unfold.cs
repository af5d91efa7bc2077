using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// Images to columns of taps, [images][c·r·q][oh·ow], and back, so that a convolution becomes matrix
/// products.
/// </summary>
public static class Unfold
{
    /// <summary>Copies the taps of each output of some images; zeros where the padding is.</summary>
    /// <param name="shape">Sizes of the convolution.</param>
    /// <param name="x">Images, [N][C][H][W].</param>
    /// <param name="columns">Overwritten: at least images·taps·outputs elements.</param>
    /// <param name="firstImage">First image.</param>
    /// <param name="images">How many.</param>
    /// <exception cref="InvalidInputException">Sizes or types do not fit.</exception>
    public static void Columns(
        ConvShape shape, DeviceArray x, DeviceArray columns, int firstImage, int images)
    {
        Check(shape, x, columns, firstImage, images);
        if (x.DType == DType.Float32)
            Columns<float>(shape, x, columns, firstImage, images);
        else
            Columns<double>(shape, x, columns, firstImage, images);
    }

    /// <summary>The adjoint: each element of some images becomes the sum of the taps that read it.</summary>
    /// <param name="shape">Sizes of the convolution.</param>
    /// <param name="columns">Taps, [images][c·r·q][oh·ow].</param>
    /// <param name="x">Those images of it are overwritten, [N][C][H][W].</param>
    /// <param name="firstImage">First image.</param>
    /// <param name="images">How many.</param>
    /// <exception cref="InvalidInputException">Sizes or types do not fit.</exception>
    public static void Fold(
        ConvShape shape, DeviceArray columns, DeviceArray x, int firstImage, int images)
    {
        Check(shape, x, columns, firstImage, images);
        if (x.DType == DType.Float32)
            Fold<float>(shape, columns, x, firstImage, images);
        else
            Fold<double>(shape, columns, x, firstImage, images);
    }

    private static void Columns<T>(ConvShape s, DeviceArray x, DeviceArray columns, int first, int images)
        where T : unmanaged, INumber<T> =>
        x.Device.Launch(
            UnfoldKernels.Unfold,
            x.Device.Limits.Elements((long)images * s.Taps * GemmPlan.Blocks(s.Output.H * s.Output.W, 4)),
            x.View<T>(), columns.View<T>(), new UnfoldArguments(s, first, images));

    private static void Fold<T>(ConvShape s, DeviceArray columns, DeviceArray x, int first, int images)
        where T : unmanaged, INumber<T> =>
        x.Device.Launch(
            UnfoldKernels.Fold, x.Device.Limits.Elements((long)images * s.C * s.Input.H * s.Input.W),
            columns.View<T>(), x.View<T>(), new UnfoldArguments(s, first, images));

    private static void Check(ConvShape s, DeviceArray x, DeviceArray columns, int first, int images)
    {
        Throw.Unless(s.IsValid && first >= 0 && images >= 0 && first + images <= s.N, "unfold",
            $"images {first} to {first + images} of {s}", "a filter that fits, and images of the batch",
            "check sizes and padding");
        var wanted = (long)images * s.Taps * s.Output.H * s.Output.W;
        Throw.Unless(
            x.Length == s.InputCount && columns.Length >= wanted && x.DType == columns.DType
                && x.DType.IsReal() && x.Device == columns.Device,
            "unfold", $"{x.Length} {x.DType} and {columns.Length} {columns.DType} for {s}",
            $"{s.InputCount} and {wanted} of one real type on one device", "allocate by the shape");
    }
}
