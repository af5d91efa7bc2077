using System.Numerics;
using ILGPU;
using ILGPU.Runtime;

namespace Spectral.Kernels;

/// <summary>
/// The kernels behind <see cref="ThinPlanes"/>: a group holds the matrix and sixteen planes, or their spectra, and a
/// work-item makes four results that share what it reads.
/// </summary>
internal sealed class ThinPlaneKernels : IKernelForms
{
    internal const int GroupSize = 256, SharedBytes = 48 * 1024;

    /// <summary>Planes of a group.</summary>
    internal const int PlanesOfGroup = 1 << LogPlanes;

    private const int LogPlanes = 4;

    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>Elements of shared memory for planes and matrix, there or back.</summary>
    internal static long Elements(int length, int parts)
    {
        long padded = ShortPlaneKernels.Padded(parts);
        return (padded * length) + (PlanesOfGroup * Math.Max(length | 1, padded));
    }

    /// <summary>Planes to spectra; <paramref name="matrix"/> is [samples][parts in whole fours].</summary>
    internal static void Forward<T>(
        ArrayView<T> x, ArrayView<T> matrix, ArrayView<T> spectrum, int planes, int length, int parts, Divisor byLength)
        where T : unmanaged, INumber<T>
    {
        var shared = SharedMemory.Allocate<byte>(SharedBytes).Cast<T>();
        var fours = shared.Cast<Lanes4<T>>().AsAligned(16);
        var (quads, pitch) = (ShortPlaneKernels.Padded(parts) / 4, length | 1);
        var (first, elements) = (Grid.IdxX << LogPlanes, 4 * quads * length);

        // The first of the matrix is on its way with the samples.
        var ofMatrix = matrix[Math.Min(Group.IdxX, elements - 1)];
        var count = Math.Min(PlanesOfGroup, planes - first) * length;
        for (var i = Group.IdxX; i < count; i += GroupSize)
        {
            var plane = byLength.Quotient(i);
            shared[elements + (plane * (pitch - length)) + i] = x[(first * length) + i];
        }

        for (var i = Group.IdxX; i < elements; i += GroupSize)
            shared[i] = i < GroupSize ? ofMatrix : matrix[i];
        Group.Barrier();

        for (var item = Group.IdxX; item < quads << LogPlanes; item += GroupSize)
        {
            var (plane, quad) = (item & (PlanesOfGroup - 1), item >> LogPlanes);
            var sum = Lanes4<T>.Zero;
            var at = elements + (plane * pitch);
            for (var i = 0; i < length; i++)
                sum = Lanes4<T>.Add(sum, shared[at + i], fours[(i * quads) + quad]);
            if (first + plane >= planes)
                continue;
            var to = (4 * quad * planes) + first + plane;
            spectrum[to] = sum.V0;
            if ((4 * quad) + 1 < parts)
                spectrum[to + planes] = sum.V1;
            if ((4 * quad) + 2 < parts)
                spectrum[to + (2 * planes)] = sum.V2;
            if ((4 * quad) + 3 < parts)
                spectrum[to + (3 * planes)] = sum.V3;
        }
    }

    /// <summary>The way back; <paramref name="matrix"/> is [parts][samples].</summary>
    internal static void Inverse<T>(
        ArrayView<T> spectrum, ArrayView<T> matrix, ArrayView<T> y, ArrayView<T> bias, int biasLength, int planes,
        int length, int parts, Divisor byLength)
        where T : unmanaged, INumber<T>
    {
        var shared = SharedMemory.Allocate<byte>(SharedBytes).Cast<T>();
        var fours = shared.Cast<Lanes4<T>>().AsAligned(16);
        var (first, elements) = (Grid.IdxX << LogPlanes, parts * length);
        var spectra = parts << LogPlanes;
        var ofMatrix = matrix[Math.Min(Group.IdxX, elements - 1)];
        for (var i = Group.IdxX; i < spectra; i += GroupSize)
        {
            var plane = Math.Min(first + (i & (PlanesOfGroup - 1)), planes - 1);
            shared[i] = spectrum[((i >> LogPlanes) * planes) + plane];
        }

        for (var i = Group.IdxX; i < elements; i += GroupSize)
            shared[spectra + i] = i < GroupSize ? ofMatrix : matrix[i];
        Group.Barrier();

        // Item (four planes, sample).
        for (var item = Group.IdxX; item < PlanesOfGroup / 4 * length; item += GroupSize)
        {
            var quad = byLength.Quotient(item);
            var sample = item - (quad * length);
            var sum = Lanes4<T>.Zero;
            for (var part = 0; part < parts; part++)
                sum = Lanes4<T>.Add(
                    sum, shared[spectra + (part * length) + sample], fours[(part * PlanesOfGroup / 4) + quad]);
            var plane = first + (4 * quad);
            Put(y, bias, biasLength, plane, planes, (plane * length) + sample, sum.V0);
            Put(y, bias, biasLength, plane + 1, planes, ((plane + 1) * length) + sample, sum.V1);
            Put(y, bias, biasLength, plane + 2, planes, ((plane + 2) * length) + sample, sum.V2);
            Put(y, bias, biasLength, plane + 3, planes, ((plane + 3) * length) + sample, sum.V3);
        }
    }

    private static void Put<T>(ArrayView<T> y, ArrayView<T> bias, int biasLength, int plane, int planes, int at, T value)
        where T : unmanaged, INumber<T>
    {
        if (plane < planes)
            y[at] = biasLength > 0 ? value + bias[plane % biasLength] : value;
    }

    private static Delegate[] Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, int, int, int, Divisor>)Forward,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, int, int, int, int, Divisor>)Inverse,
    ];
}
