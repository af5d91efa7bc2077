using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// The kernels behind <see cref="PlaneBlocks"/>. Work-items that follow each other have planes that do, so that neither
/// shared nor global memory sees strides. Each computes two outputs, which share what it reads.
/// </summary>
internal sealed class PlaneBlockKernels : IKernelForms
{
    /// <summary>Work-items of a group, and bytes of its shared memory: what every device grants.</summary>
    internal const int SmallestGroup = 256, LargestGroup = 512, SharedBytes = 48 * 1024;

    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>Rows, and then the kept columns: a frequency and its negative share their products.</summary>
    internal static void Forward<T>(
        ArrayView<T> x, ArrayView<T> vertical, ArrayView<T> horizontal, ArrayView<T> spectrum, PlaneBlockArguments g)
        where T : unmanaged, INumber<T>
    {
        var shared = SharedMemory.Allocate<byte>(SharedBytes).Cast<T>();
        var points = shared.Cast<Complex<T>>();
        LoadMatrices(vertical, horizontal, shared, g);
        var planesOfGroup = 1 << g.LogPlanes;
        var samples = shared.SubView(2 * g.Ends);
        var size = g.Height * g.Width;
        for (var first = Grid.IdxX << g.LogPlanes; first < g.Planes; first += Grid.DimX << g.LogPlanes)
        {
            var count = Math.Min(planesOfGroup, g.Planes - first) * size;
            for (var i = Group.IdxX; i < count; i += Group.DimX)
                samples[PlaceOf(i, g)] = x[(first * size) + i];
            Group.Barrier();

            // Item (two columns, row, plane).
            var items = (g.PaddedColumns / 2 * g.Height) << g.LogPlanes;
            for (var item = Group.IdxX; item < items; item += Group.DimX)
            {
                var plane = item & (planesOfGroup - 1);
                var rest = item >> g.LogPlanes;
                var column = g.ByHeight.Quotient(rest);
                var row = rest - (column * g.Height);
                column *= 2;
                var from = samples.SubView((plane * g.Pitch) + (row * (g.Width + 1)));
                var matrix = points.SubView(g.Horizontal + column);
                Complex<T> sum0 = default, sum1 = default;
                for (var w = 0; w < g.Width; w++)
                {
                    var value = from[w];
                    var (m0, m1) = (matrix[w * g.PaddedColumns], matrix[(w * g.PaddedColumns) + 1]);
                    sum0.Re += value * m0.Re;
                    sum0.Im += value * m0.Im;
                    sum1.Re += value * m1.Re;
                    sum1.Im += value * m1.Im;
                }

                var to = g.Between + (((column * g.Height) + row) << g.LogPlanes) + plane;
                points[to] = sum0;
                if (column + 1 < g.Columns)
                    points[to + (g.Height << g.LogPlanes)] = sum1;
            }

            Group.Barrier();

            // Item (two pairs of frequencies, column, plane).
            items = (g.PaddedPairs / 2 * g.Columns) << g.LogPlanes;
            for (var item = Group.IdxX; item < items; item += Group.DimX)
            {
                var plane = item & (planesOfGroup - 1);
                var rest = item >> g.LogPlanes;
                var pair = g.ByColumns.Quotient(rest);
                var column = rest - (pair * g.Columns);
                pair *= 2;
                var from = points.SubView(g.Between + ((column * g.Height) << g.LogPlanes) + plane);
                var matrix = points.SubView(pair);
                SignedSums<T> sums0 = default, sums1 = default;
                for (var h = 0; h < g.Height; h++)
                {
                    var value = from[h << g.LogPlanes];
                    sums0.Add(value, matrix[h * g.PaddedPairs]);
                    sums1.Add(value, matrix[(h * g.PaddedPairs) + 1]);
                }

                if (first + plane >= g.Planes)
                    continue;
                var to = spectrum.SubView((2 * column * g.Rows * g.Planes) + first + plane);
                sums0.Write(to, pair, g.Rows, g.Planes);
                if (pair + 1 < g.Pairs)
                    sums1.Write(to, pair + 1, g.Rows, g.Planes);
            }

            Group.Barrier();
        }
    }

    /// <summary>The way back.</summary>
    internal static void Inverse<T>(
        ArrayView<T> spectrum, ArrayView<T> vertical, ArrayView<T> horizontal, ArrayView<T> y, ArrayView<T> bias,
        int biasLength, PlaneBlockArguments g)
        where T : unmanaged, INumber<T>
    {
        var shared = SharedMemory.Allocate<byte>(SharedBytes).Cast<T>();
        var points = shared.Cast<Complex<T>>();
        LoadMatrices(vertical, horizontal, shared, g);
        var planesOfGroup = 1 << g.LogPlanes;
        var samples = shared.SubView(2 * g.Ends);
        var size = g.Height * g.Width;
        for (var first = Grid.IdxX << g.LogPlanes; first < g.Planes; first += Grid.DimX << g.LogPlanes)
        {
            // Sums and differences of a frequency and its negative: item (pair, column, plane).
            var items = (g.Pairs * g.Columns) << g.LogPlanes;
            for (var item = Group.IdxX; item < items; item += Group.DimX)
            {
                var plane = first + (item & (planesOfGroup - 1));
                var rest = item >> g.LogPlanes;
                var pair = g.ByColumns.Quotient(rest);
                var column = rest - (pair * g.Columns);
                Complex<T> plus = default, minus = default;
                if (plane < g.Planes)
                {
                    var from = spectrum.SubView((2 * column * g.Rows * g.Planes) + plane);
                    plus = Coefficient(from, Math.Max(0, (2 * pair) - 1), g.Planes);
                    if (pair > 0 && 2 * pair < g.Rows)
                        minus = Coefficient(from, 2 * pair, g.Planes);
                }

                points[g.Ends + (2 * item)] = plus + minus;
                points[g.Ends + (2 * item) + 1] = plus - minus;
            }

            Group.Barrier();

            // Item (two rows, column, plane).
            items = ((g.Height + 1) / 2 * g.Columns) << g.LogPlanes;
            for (var item = Group.IdxX; item < items; item += Group.DimX)
            {
                var rest = item >> g.LogPlanes;
                var row = g.ByColumns.Quotient(rest);
                var column = rest - (row * g.Columns);
                row *= 2;
                var next = Math.Min(row + 1, g.Height - 1);
                var mine = (column << g.LogPlanes) + (item & (planesOfGroup - 1));
                var from = points.SubView(g.Ends + (2 * mine));
                Complex<T> sum0 = default, sum1 = default;
                for (var pair = 0; pair < g.Pairs; pair++)
                {
                    var at = 2 * ((pair * g.Columns) << g.LogPlanes);
                    var (even, odd) = (from[at], from[at + 1]);
                    AddBack(ref sum0, even, odd, points[(row * g.PaddedPairs) + pair]);
                    AddBack(ref sum1, even, odd, points[(next * g.PaddedPairs) + pair]);
                }

                var to = g.Between + (((column * g.Height) + row) << g.LogPlanes) + (item & (planesOfGroup - 1));
                points[to] = sum0;
                if (row + 1 < g.Height)
                    points[to + planesOfGroup] = sum1;
            }

            Group.Barrier();

            // Item (two samples of a row, row, plane).
            items = ((g.Width + 1) / 2 * g.Height) << g.LogPlanes;
            for (var item = Group.IdxX; item < items; item += Group.DimX)
            {
                var plane = item & (planesOfGroup - 1);
                var rest = item >> g.LogPlanes;
                var w = g.ByHeight.Quotient(rest);
                var row = rest - (w * g.Height);
                w *= 2;
                var next = Math.Min(w + 1, g.Width - 1);
                var from = points.SubView(g.Between + (row << g.LogPlanes) + plane);
                var (sum0, sum1) = (T.Zero, T.Zero);
                for (var column = 0; column < g.Columns; column++)
                {
                    var value = from[(column * g.Height) << g.LogPlanes];
                    var m0 = points[g.Horizontal + (w * g.PaddedColumns) + column];
                    var m1 = points[g.Horizontal + (next * g.PaddedColumns) + column];
                    sum0 += value.Re * m0.Re;
                    sum0 += value.Im * m0.Im;
                    sum1 += value.Re * m1.Re;
                    sum1 += value.Im * m1.Im;
                }

                var to = (plane * g.Pitch) + (row * (g.Width + 1)) + w;
                samples[to] = sum0;
                if (w + 1 < g.Width)
                    samples[to + 1] = sum1;
            }

            Group.Barrier();
            var count = Math.Min(planesOfGroup, g.Planes - first) * size;
            for (var i = Group.IdxX; i < count; i += Group.DimX)
            {
                var added = T.Zero;
                if (biasLength > 0)
                    added = bias[(first + (i / size)) % biasLength];
                y[(first * size) + i] = samples[PlaceOf(i, g)] + added;
            }

            Group.Barrier();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadMatrices<T>(
        ArrayView<T> vertical, ArrayView<T> horizontal, ArrayView<T> shared, PlaneBlockArguments g)
        where T : unmanaged, INumber<T>
    {
        for (var i = Group.IdxX; i < 2 * g.Horizontal; i += Group.DimX)
            shared[i] = vertical[i];
        for (var i = Group.IdxX; i < horizontal.IntLength; i += Group.DimX)
            shared[(2 * g.Horizontal) + i] = horizontal[i];
        Group.Barrier();
    }

    /// <summary>Where sample i of the group's planes lies in shared memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PlaceOf(int i, PlaneBlockArguments g)
    {
        var row = g.ByWidth.Quotient(i);
        var plane = g.ByHeight.Quotient(row);
        return (plane * g.Pitch) + ((row - (plane * g.Height)) * (g.Width + 1)) + (i - (row * g.Width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Complex<T> Coefficient<T>(ArrayView<T> from, int row, int planes) where T : unmanaged, INumber<T> =>
        new(from[2 * row * planes], from[((2 * row) + 1) * planes]);

    /// <summary>
    /// Adds S₊·conj(m) + S₋·m, of which even = S₊ + S₋ and odd = S₊ − S₋.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddBack<T>(ref Complex<T> sum, Complex<T> even, Complex<T> odd, Complex<T> m)
        where T : unmanaged, INumber<T>
    {
        sum.Re += even.Re * m.Re;
        sum.Re += odd.Im * m.Im;
        sum.Im += even.Im * m.Re;
        sum.Im -= odd.Re * m.Im;
    }

    /// <summary>Products of a column with the basis of a frequency, of which the sums for both signs are made.</summary>
    private struct SignedSums<T> where T : unmanaged, INumber<T>
    {
        public T ReRe, ImIm, ReIm, ImRe;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Add(Complex<T> value, Complex<T> m)
        {
            ReRe += value.Re * m.Re;
            ImIm += value.Im * m.Im;
            ReIm += value.Re * m.Im;
            ImRe += value.Im * m.Re;
        }

        /// <summary>Rows 2f − 1 and 2f of a column of the spectrum, or row 0.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal readonly void Write(ArrayView<T> to, int frequency, int rows, int planes)
        {
            var plus = 2 * Math.Max(0, (2 * frequency) - 1) * planes;
            to[plus] = ReRe - ImIm;
            to[plus + planes] = ReIm + ImRe;
            if (frequency == 0 || 2 * frequency >= rows)
                return;
            var minus = 4 * frequency * planes;
            to[minus] = ReRe + ImIm;
            to[minus + planes] = ImRe - ReIm;
        }
    }

    private static Delegate[] Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, PlaneBlockArguments>)Forward,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, int, PlaneBlockArguments>)Inverse,
    ];
}
