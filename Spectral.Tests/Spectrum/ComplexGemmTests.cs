using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class ComplexGemmTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    private static readonly (int F, int N, int C, int K)[] Sizes =
    [
        (1, 1, 1, 1), (3, 2, 1, 5), (2, 5, 3, 7), (5, 16, 8, 8), (2, 19, 13, 21), (1, 70, 65, 67),
        (3, 4, 33, 6), (2, 68, 72, 132),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        from size in Sizes
        from form in Enum.GetValues<ComplexGemmForm>()
        from type in new[] { DType.Float32, DType.Float64 }
        select new TestCaseData(new ComplexGemmShape(form, size.F, size.N, size.C, size.K), type);

    [TestCaseSource(nameof(Cases))]
    public void Agrees_with_the_definition(ComplexGemmShape shape, DType type)
    {
        var x = Host.Random(1, (int)shape.InputLength);
        var w = Host.Random(2, (int)shape.FilterLength);
        var d = Host.Random(3, (int)shape.OutputLength);
        using var dx = Host.Upload(_device, type, x);
        using var dw = Host.Upload(_device, type, w);
        using var dd = Host.Upload(_device, type, d);
        var expected = shape.Form switch
        {
            ComplexGemmForm.Forward => Product(shape, shape.N, shape.K, shape.C,
                (f, n, k, c) => At(x, f, n, c, shape.N, shape.C) * Conj(At(w, f, k, c, shape.K, shape.C))),
            ComplexGemmForm.InputGradient => Product(shape, shape.N, shape.C, shape.K,
                (f, n, c, k) => At(d, f, n, k, shape.N, shape.K) * At(w, f, k, c, shape.K, shape.C)),
            _ => Product(shape, shape.K, shape.C, shape.N,
                (f, k, c, n) => At(x, f, n, c, shape.N, shape.C) * Conj(At(d, f, n, k, shape.N, shape.K))),
        };

        foreach (var candidate in ComplexGemm.LegalCandidates(_device, shape, type))
        {
            using var result = Host.Dirty(_device, type, expected.Length);
            switch (shape.Form)
            {
                case ComplexGemmForm.Forward:
                    ComplexGemm.Forward(shape, dx, dw, result, candidate);
                    break;
                case ComplexGemmForm.InputGradient:
                    ComplexGemm.InputGradient(shape, dd, dw, result, candidate);
                    break;
                default:
                    ComplexGemm.FilterGradient(shape, dx, dd, result, candidate);
                    break;
            }

            Closeness.AssertClose(Host.Download(result), expected,
                type == DType.Float32 ? Tolerances.GemmFloat : Tolerances.GemmDouble, $"{candidate}: {shape}");
        }
    }

    [Test]
    public void Refuses_a_spectrum_of_another_size()
    {
        using var x = new DeviceArray(_device, DType.Float32, 12);
        Assert.That(() => ComplexGemm.Forward(new(ComplexGemmForm.Forward, 2, 1, 3, 2), x, x, x),
            Throws.InstanceOf<InvalidInputException>());
    }

    private static System.Numerics.Complex Conj(System.Numerics.Complex z) =>
        System.Numerics.Complex.Conjugate(z);

    private static System.Numerics.Complex At(double[] s, int f, int row, int column, int rows, int columns)
    {
        var i = (((f * 2 * rows) + row) * columns) + column;
        return new(s[i], s[i + (rows * columns)]);
    }

    private static double[] Product(
        ComplexGemmShape shape, int rows, int columns, int length,
        Func<int, int, int, int, System.Numerics.Complex> term)
    {
        var result = new double[2 * shape.Frequencies * rows * columns];
        for (var f = 0; f < shape.Frequencies; f++)
            for (var r = 0; r < rows; r++)
                for (var c = 0; c < columns; c++)
                {
                    var sum = System.Numerics.Complex.Zero;
                    for (var l = 0; l < length; l++)
                        sum += term(f, r, c, l);
                    var i = (((f * 2 * rows) + r) * columns) + c;
                    (result[i], result[i + (rows * columns)]) = (sum.Real, sum.Imaginary);
                }

        return result;
    }
}
