namespace Spectral.Kernels;

/// <summary>Which inputs a window covers, and which windows cover an input, along one axis.</summary>
internal static class PoolWindows
{
    /// <summary>First input inside the plane that window <paramref name="o"/> covers.</summary>
    internal static int First(int o, int stride, int pad)
    {
        var first = (o * stride) - pad;
        return first < 0 ? 0 : first;
    }

    /// <summary>One past the last input inside the plane that window <paramref name="o"/> covers.</summary>
    internal static int End(int o, int stride, int pad, int kernel, int size)
    {
        var end = (o * stride) - pad + kernel;
        return end > size ? size : end;
    }

    /// <summary>First window that covers input <paramref name="i"/>.</summary>
    internal static int FirstOver(int i, Divisor byStride, int pad, int kernel)
    {
        var reach = i + pad - kernel;
        return reach < 0 ? 0 : byStride.Quotient(reach) + 1;
    }

    /// <summary>One past the last window that covers input <paramref name="i"/>.</summary>
    internal static int EndOver(int i, Divisor byStride, int pad, int windows)
    {
        var end = byStride.Quotient(i + pad) + 1;
        return end > windows ? windows : end;
    }

    /// <inheritdoc cref="FirstOver(int, Divisor, int, int)"/>
    internal static int FirstOver(int i, int stride, int pad, int kernel)
    {
        var reach = i + pad - kernel;
        return reach < 0 ? 0 : (reach / stride) + 1;
    }

    /// <inheritdoc cref="EndOver(int, Divisor, int, int)"/>
    internal static int EndOver(int i, int stride, int pad, int windows)
    {
        var end = ((i + pad) / stride) + 1;
        return end > windows ? windows : end;
    }
}
