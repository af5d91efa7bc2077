using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime.Cuda;

namespace Spectral.Kernels;

/// <summary>
/// What a thread holds of a 16x8 part of A, real or imaginary, in two parts: rows i and i+8, depths j and
/// j+4, with i the thread's index in its warp divided by four, j the rest.
/// </summary>
internal struct TensorA
{
    public Lanes4<float> Big, Small;

    /// <summary>Reads it from a slice [depth][row] and splits it.</summary>
    /// <param name="slice">From row i of depth j on.</param>
    /// <param name="pitch">From a depth to the next.</param>
    /// <param name="sign">1, or −1 to negate.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TensorA Load(ArrayView<float> slice, int pitch, float sign)
    {
        Lanes4<float> x;
        (x.V0, x.V1) = (sign * slice[0], sign * slice[8]);
        (x.V2, x.V3) = (sign * slice[4 * pitch], sign * slice[(4 * pitch) + 8]);
        TensorA a;
        (a.Big.V0, a.Big.V1) = (Tf32.Round(x.V0), Tf32.Round(x.V1));
        (a.Big.V2, a.Big.V3) = (Tf32.Round(x.V2), Tf32.Round(x.V3));
        (a.Small.V0, a.Small.V1) = (Tf32.Rest(x.V0, a.Big.V0), Tf32.Rest(x.V1, a.Big.V1));
        (a.Small.V2, a.Small.V3) = (Tf32.Rest(x.V2, a.Big.V2), Tf32.Rest(x.V3, a.Big.V3));
        return a;
    }
}

/// <summary>The same of an 8x8 part of B: depths j and j+4 of column i.</summary>
internal struct TensorB
{
    public float Big0, Big1, Small0, Small1;

    /// <summary>The same with the other sign.</summary>
    internal readonly TensorB Negated
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            TensorB b;
            (b.Big0, b.Big1, b.Small0, b.Small1) = (-Big0, -Big1, -Small0, -Small1);
            return b;
        }
    }

    /// <summary>Reads it from a slice [depth][column] and splits it, as <see cref="TensorA.Load"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TensorB Load(ArrayView<float> slice, int pitch, float sign)
    {
        var (x0, x1) = (sign * slice[0], sign * slice[4 * pitch]);
        TensorB b;
        (b.Big0, b.Big1) = (Tf32.Round(x0), Tf32.Round(x1));
        (b.Small0, b.Small1) = (Tf32.Rest(x0, b.Big0), Tf32.Rest(x1, b.Big1));
        return b;
    }
}

/// <summary>Products of parts on tensor cores.</summary>
internal static class TensorCores
{
    /// <summary>
    /// Adds A·B to 16x8 sums, of which a thread holds columns 2j and 2j+1 of rows i and i+8: the small
    /// products first, so that the large one does not swallow them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add(ref Lanes4<float> sums, in TensorA a, in TensorB b)
    {
        Multiply(ref sums, a.Small, b.Big0, b.Big1);
        Multiply(ref sums, a.Big, b.Small0, b.Small1);
        Multiply(ref sums, a.Big, b.Big0, b.Big1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(ref Lanes4<float> sums, Lanes4<float> a, float b0, float b1)
    {
        Ref<float> c0 = sums.V0, c1 = sums.V1, c2 = sums.V2, c3 = sums.V3;
        Input<uint> x0 = Interop.FloatAsInt(a.V0), x1 = Interop.FloatAsInt(a.V1);
        Input<uint> x2 = Interop.FloatAsInt(a.V2), x3 = Interop.FloatAsInt(a.V3);
        Input<uint> y0 = Interop.FloatAsInt(b0), y1 = Interop.FloatAsInt(b1);
        CudaAsm.EmitRef(
            "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 "
            + "{%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};",
            ref c0, ref c1, ref c2, ref c3, ref x0, ref x1, ref x2, ref x3, ref y0, ref y1);
        (sums.V0, sums.V1, sums.V2, sums.V3) = (c0.Value, c1.Value, c2.Value, c3.Value);
    }
}
