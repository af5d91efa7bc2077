namespace Spectral.Kernels;

/// <summary>Division by extents of a <see cref="PoolShape"/>, for kernels that find an input's place.</summary>
internal readonly record struct PoolDivisors(
    Divisor Height, Divisor Width, Divisor StrideHeight, Divisor StrideWidth)
{
    internal static PoolDivisors Of(PoolShape shape) => new(
        Divisor.Of(Math.Max(1, shape.Height)), Divisor.Of(Math.Max(1, shape.Width)), Divisor.Of(shape.StrideHeight),
        Divisor.Of(shape.StrideWidth));
}
