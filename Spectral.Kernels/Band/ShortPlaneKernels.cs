using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Sixteen samples, four by four, in the registers of one work-item.</summary>
internal struct Samples16<T> where T : unmanaged, INumber<T>
{
    public Lanes4<T> V0, V1, V2, V3;
}

/// <summary>The kernels behind <see cref="ShortPlanes"/>. Matrices are [frequency, part][samples in whole fours].</summary>
internal sealed class ShortPlaneKernels : IKernelForms
{
    /// <summary>Samples of a plane at most.</summary>
    internal const int MostSamples = 16;

    /// <summary>Work-items of a group on the way back, up to 32 of which share a plane.</summary>
    internal const int GroupSize = 256, MostLogShares = 5;

    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>Samples, or coefficients, in whole fours.</summary>
    internal static int Padded(int samples) => (samples + 3) / 4 * 4;

    /// <summary>Work-item (chunk, plane) computes some coefficients of a plane; neighbours have neighbouring planes.</summary>
    internal static void Forward<T>(
        ArrayView<T> x, ArrayView<T> matrix, ArrayView<T> spectrum, int planes, int length, int parts, int chunk)
        where T : unmanaged, INumber<T>
    {
        var pitch = Padded(length);
        var chunks = (parts + chunk - 1) / chunk;
        for (var item = WorkItem.Index; item < planes * chunks; item += WorkItem.Count)
        {
            var first = item / planes * chunk;
            var plane = item % planes;
            var from = x.SubView(plane * length, length);
            Samples16<T> samples = default;
            samples.V0 = Four(from, 0);
            if (length > 4)
                samples.V1 = Four(from, 4);
            if (length > 8)
                samples.V2 = Four(from, 8);
            if (length > 12)
                samples.V3 = Four(from, 12);
            var end = Math.Min(first + chunk, parts);
            for (var part = first; part < end; part++)
            {
                var at = part * pitch;
                var sum = Dot(T.Zero, samples.V0, Wide.Load(matrix, at));
                if (length > 4)
                    sum = Dot(sum, samples.V1, Wide.Load(matrix, at + 4));
                if (length > 8)
                    sum = Dot(sum, samples.V2, Wide.Load(matrix, at + 8));
                if (length > 12)
                    sum = Dot(sum, samples.V3, Wide.Load(matrix, at + 12));
                spectrum[(part * planes) + plane] = sum;
            }
        }
    }

    /// <summary>
    /// The way back. Work-items that share a plane go through its spectrum in turns; their sums are added in order.
    /// </summary>
    internal static void Inverse<T>(
        ArrayView<T> spectrum, ArrayView<T> matrix, ArrayView<T> y, ArrayView<T> bias, int biasLength, int planes,
        int length, int parts, int logShares)
        where T : unmanaged, INumber<T>
    {
        var shared = SharedMemory.Allocate<T>(GroupSize * MostSamples);
        var pitch = Padded(length);
        var (shares, planesOfGroup) = (1 << logShares, GroupSize >> logShares);
        var (mine, share) = (Group.IdxX & (planesOfGroup - 1), Group.IdxX / planesOfGroup);
        for (var first = Grid.IdxX * planesOfGroup; first < planes; first += Grid.DimX * planesOfGroup)
        {
            Samples16<T> sums = default;
            var plane = first + mine;
            var end = plane < planes ? parts : 0;
            var part = share;
            for (; part + (3 * shares) < end; part += 4 * shares)
            {
                // Four on their way at once.
                var (p1, p2, p3) = (part + shares, part + (2 * shares), part + (3 * shares));
                var s0 = spectrum[(part * planes) + plane];
                var s1 = spectrum[(p1 * planes) + plane];
                var s2 = spectrum[(p2 * planes) + plane];
                var s3 = spectrum[(p3 * planes) + plane];
                Add(ref sums, matrix, part * pitch, length, s0);
                Add(ref sums, matrix, p1 * pitch, length, s1);
                Add(ref sums, matrix, p2 * pitch, length, s2);
                Add(ref sums, matrix, p3 * pitch, length, s3);
            }

            for (; part < end; part += shares)
                Add(ref sums, matrix, part * pitch, length, spectrum[(part * planes) + plane]);

            // Over shared memory, so that neighbours write neighbouring samples.
            var at = (share * MostSamples * planesOfGroup) + mine;
            Wide.Scatter(shared, at, planesOfGroup, sums.V0);
            if (length > 4)
                Wide.Scatter(shared, at + (4 * planesOfGroup), planesOfGroup, sums.V1);
            if (length > 8)
                Wide.Scatter(shared, at + (8 * planesOfGroup), planesOfGroup, sums.V2);
            if (length > 12)
                Wide.Scatter(shared, at + (12 * planesOfGroup), planesOfGroup, sums.V3);
            Group.Barrier();
            var samples = Math.Min(planesOfGroup, planes - first) * length;
            for (var i = Group.IdxX; i < samples; i += Group.DimX)
            {
                var row = i / length;
                var sample = i - (row * length);
                var sum = biasLength > 0 ? bias[(first + row) % biasLength] : T.Zero;
                for (var other = 0; other < shares; other++)
                    sum += shared[(((other * MostSamples) + sample) * planesOfGroup) + row];
                y[(first * length) + i] = sum;
            }

            Group.Barrier();
        }
    }

    /// <summary>Four samples from one on, zeros beyond the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes4<T> Four<T>(ArrayView<T> from, int at) where T : unmanaged, INumber<T>
    {
        var four = Lanes4<T>.Zero;
        four.V0 = from[at];
        if (at + 1 < from.IntLength)
            four.V1 = from[at + 1];
        if (at + 2 < from.IntLength)
            four.V2 = from[at + 2];
        if (at + 3 < from.IntLength)
            four.V3 = from[at + 3];
        return four;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Dot<T>(T sum, Lanes4<T> a, Lanes4<T> b) where T : unmanaged, INumber<T>
    {
        sum += a.V0 * b.V0;
        sum += a.V1 * b.V1;
        sum += a.V2 * b.V2;
        sum += a.V3 * b.V3;
        return sum;
    }

    /// <summary>Adds a coefficient times its row of the matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T>(ref Samples16<T> sums, ArrayView<T> matrix, int at, int length, T coefficient)
        where T : unmanaged, INumber<T>
    {
        sums.V0 = Lanes4<T>.Add(sums.V0, coefficient, Wide.Load(matrix, at));
        if (length > 4)
            sums.V1 = Lanes4<T>.Add(sums.V1, coefficient, Wide.Load(matrix, at + 4));
        if (length > 8)
            sums.V2 = Lanes4<T>.Add(sums.V2, coefficient, Wide.Load(matrix, at + 8));
        if (length > 12)
            sums.V3 = Lanes4<T>.Add(sums.V3, coefficient, Wide.Load(matrix, at + 12));
    }

    private static Delegate[] Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, int, int, int, int>)Forward,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, int, int, int, int, int>)Inverse,
    ];
}
