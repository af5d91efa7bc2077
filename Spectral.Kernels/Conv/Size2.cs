namespace Spectral.Kernels;

/// <summary>
/// Height and width of a kernel, a stride, a padding …; a whole number stands for a square, a pair for both:
/// <c>Size2 a = 3, b = (3, 5)</c>.
/// </summary>
/// <param name="H">Vertical.</param>
/// <param name="W">Horizontal.</param>
public readonly record struct Size2(int H, int W)
{
    /// <summary>The same both ways.</summary>
    public static implicit operator Size2(int side) => new(side, side);

    /// <summary>(height, width).</summary>
    public static implicit operator Size2((int H, int W) size) => new(size.H, size.W);

    /// <summary>The smaller of the two.</summary>
    public int Min => Math.Min(H, W);

    /// <summary><c>3</c> or <c>3x5</c>.</summary>
    public override string ToString() => H == W ? $"{H}" : $"{H}x{W}";
}
