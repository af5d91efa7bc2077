using System.Numerics;
using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>
/// OpenBLAS's products of planar spectra: a complex product is four real ones, of real and imaginary planes.
/// </summary>
internal static unsafe class OpenBlasSpectra
{
    /// <summary>Rows, columns and summed length of one frequency's product.</summary>
    internal static (int M, int P, int L) SizeOf(ComplexGemmShape shape) => shape.Form switch
    {
        ComplexGemmForm.Forward => (shape.N, shape.K, shape.C),
        ComplexGemmForm.InputGradient => (shape.N, shape.C, shape.K),
        _ => (shape.K, shape.C, shape.N),
    };

    /// <summary>The product of a form, operands laid out as ours are.</summary>
    internal static Contender Of(ComplexGemmShape shape)
    {
        var size = SizeOf(shape);
        var a = Plane(1, shape.Frequencies, size.M * size.L);
        var b = Plane(2, shape.Frequencies, size.L * size.P);
        var c = Plane(3, shape.Frequencies, size.M * size.P);
        var (transposedA, transposedB) =
            (shape.Form == ComplexGemmForm.FilterGradient, shape.Form == ComplexGemmForm.Forward);

        // a · conj(b) or conj(a) · b: one factor's imaginary part changes its sign.
        var (signA, signB) = shape.Form switch
        {
            ComplexGemmForm.Forward => (1, -1),
            ComplexGemmForm.InputGradient => (1, 1),
            _ => (-1, 1),
        };
        return new LocalContender(Run, error: Error);

        void Run()
        {
            fixed (float* a0 = a, b0 = b, c0 = c)
                for (var f = 0; f < shape.Frequencies; f++)
                {
                    var aRe = a0 + (2L * f * size.M * size.L);
                    var bRe = b0 + (2L * f * size.L * size.P);
                    var cRe = c0 + (2L * f * size.M * size.P);
                    var aIm = aRe + (size.M * size.L);
                    var bIm = bRe + (size.L * size.P);
                    var cIm = cRe + (size.M * size.P);
                    Add(1, aRe, bRe, 0, cRe);
                    Add(-signA * signB, aIm, bIm, 1, cRe);
                    Add(signB, aRe, bIm, 0, cIm);
                    Add(signA, aIm, bRe, 1, cIm);
                }
        }

        // Of the first frequency, by the definition.
        double Error()
        {
            var exact = new double[2 * size.M * size.P];
            for (var row = 0; row < size.M; row++)
                for (var column = 0; column < size.P; column++)
                    for (var i = 0; i < size.L; i++)
                    {
                        var left = transposedA ? (i * size.M) + row : (row * size.L) + i;
                        var right = transposedB ? (column * size.L) + i : (i * size.P) + column;
                        var product = new Complex(a[left], signA * a[left + (size.M * size.L)])
                            * new Complex(b[right], signB * b[right + (size.L * size.P)]);
                        exact[(row * size.P) + column] += product.Real;
                        exact[((size.M + row) * size.P) + column] += product.Imaginary;
                    }

            return RandomArrays.Distance(c, exact);
        }

        void Add(float sign, float* left, float* right, float beta, float* sum) =>
            OpenBlas.Multiply(size, sign, left, transposedA, right, transposedB, beta, sum);
    }

    /// <summary>A real square product.</summary>
    internal static Contender Square(int side)
    {
        var (a, b, c) = (Plane(1, 1, side * side), Plane(2, 1, side * side), new float[side * side]);
        return new LocalContender(() =>
        {
            fixed (float* a0 = a, b0 = b, c0 = c)
                OpenBlas.Multiply((side, side, side), 1, a0, false, b0, false, 0, c0);
        });
    }

    private static float[] Plane(int seed, int frequencies, int length) =>
        RandomArrays.Values(seed, 2L * frequencies * length);
}
