namespace Spectral.Autograd;

/// <content>Arithmetic operators; tensors are broadcast as in NumPy.</content>
public partial class Tensor
{
    /// <summary><see cref="Ops.Add"/>.</summary>
    public static Tensor operator +(Tensor a, Tensor b) => Ops.Add(a, b);

    /// <summary><see cref="Ops.AddScalar"/>.</summary>
    public static Tensor operator +(Tensor a, double b) => Ops.AddScalar(a, b);

    /// <summary><see cref="Ops.AddScalar"/>.</summary>
    public static Tensor operator +(double a, Tensor b) => Ops.AddScalar(b, a);

    /// <summary><see cref="Ops.Subtract"/>.</summary>
    public static Tensor operator -(Tensor a, Tensor b) => Ops.Subtract(a, b);

    /// <summary><see cref="Ops.AddScalar"/> of −b.</summary>
    public static Tensor operator -(Tensor a, double b) => Ops.AddScalar(a, -b);

    /// <summary><see cref="Ops.AddScalar"/> to −b.</summary>
    public static Tensor operator -(double a, Tensor b) => Ops.AddScalar(Ops.Negate(b), a);

    /// <summary><see cref="Ops.Negate"/>.</summary>
    public static Tensor operator -(Tensor a) => Ops.Negate(a);

    /// <summary><see cref="Ops.Multiply"/>, element by element.</summary>
    public static Tensor operator *(Tensor a, Tensor b) => Ops.Multiply(a, b);

    /// <summary><see cref="Ops.Scale"/>.</summary>
    public static Tensor operator *(Tensor a, double b) => Ops.Scale(a, b);

    /// <summary><see cref="Ops.Scale"/>.</summary>
    public static Tensor operator *(double a, Tensor b) => Ops.Scale(b, a);

    /// <summary><see cref="Ops.Divide"/>, element by element.</summary>
    public static Tensor operator /(Tensor a, Tensor b) => Ops.Divide(a, b);

    /// <summary><see cref="Ops.Scale"/> by 1 / b.</summary>
    public static Tensor operator /(Tensor a, double b) => Ops.Scale(a, 1 / b);

    /// <summary><see cref="Ops.DivideInto"/>.</summary>
    public static Tensor operator /(double a, Tensor b) => Ops.DivideInto(b, a);
}
