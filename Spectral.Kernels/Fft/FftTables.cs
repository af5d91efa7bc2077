using System.Runtime.InteropServices;

namespace Spectral.Kernels;

/// <summary>What a table of constants is made for; equal keys share one table on a device.</summary>
/// <param name="Core">Recipe whose stages (for Bluestein: the convolution's) the table holds.</param>
/// <param name="RootsOf">Length whose roots of unity are appended, 0 for none.</param>
/// <param name="RootCount">How many of them.</param>
/// <param name="Type">Precision on the device.</param>
/// <param name="Across">How twiddles lie, see <see cref="StageList"/>.</param>
internal sealed record FftTableKey(FftRecipe Core, int RootsOf, int RootCount, DType Type, bool Across);

/// <summary>
/// The constants of a transform on a device, computed in double and narrowed once: butterfly constants,
/// twiddles of the stages, Bluestein's chirp and its spectrum, and roots of unity for real transforms.
/// </summary>
internal sealed class FftTables : IDisposable
{
    /// <summary>
    /// Integers that describe a stage on the device, in the order of <see cref="Stage"/>, then division by its stride.
    /// </summary>
    internal const int StageFields = 6;

    /// <summary>Where the twiddles of the first stage start: behind the constants of the butterflies.</summary>
    internal const int FirstTwiddle = 12;

    private FftTables(ComputeDevice device, FftTableKey key)
    {
        List<Complex<double>> table = [.. ButterflyConstants()];
        Stages = [.. StagesOf(key.Core, table, key.Across)];
        if (key.Core is BluesteinRecipe bluestein)
        {
            Chirp = table.Count;
            for (var k = 0; k < bluestein.Length; k++)
                table.Add(Roots.Chirp(k, bluestein.Length));
            Spectrum = table.Count;
            table.AddRange(ChirpSpectrum(bluestein));
        }

        RootsAt = table.Count;
        for (var k = 0; k < key.RootCount; k++)
            table.Add(Roots.Of(k, key.RootsOf));
        Values = key.Type == DType.Float32 ? Narrowed(device, table) : DeviceArray.From<double>(
            device, MemoryMarshal.Cast<Complex<double>, double>(CollectionsMarshal.AsSpan(table)));
        var fields = Stages.SelectMany(
            s => (int[])[s.Radix, s.Groups, s.Stride, s.Twiddles,
                (int)Divisor.Of(s.Stride).Factor, Divisor.Of(s.Stride).Shift]).Append(0).ToArray();
        StageFieldsOnDevice = DeviceArray.From<int>(device, fields);
    }

    /// <summary>All constants as complex numbers.</summary>
    internal DeviceArray Values { get; }

    /// <summary>The stages as integers.</summary>
    internal DeviceArray StageFieldsOnDevice { get; }

    internal IReadOnlyList<Stage> Stages { get; }

    /// <summary>Where Bluestein's chirp starts.</summary>
    internal int Chirp { get; }

    /// <summary>Where the spectrum of the chirp starts, scaled by 1/(its length).</summary>
    internal int Spectrum { get; }

    /// <summary>Where the appended roots of unity start.</summary>
    internal int RootsAt { get; }

    /// <summary>The table of a key, made on first use.</summary>
    internal static FftTables Get(ComputeDevice device, FftTableKey key) =>
        device.Resource(key, d => new FftTables(d, key));

    public void Dispose()
    {
        Values.Dispose();
        StageFieldsOnDevice.Dispose();
    }

    /// <summary>
    /// Twelve complex places of constants for the butterflies of radix 8, 3, 5, 7 and 9; their order is that
    /// of <see cref="Butterflies{TSource, TPoints, TLanes, T}"/>.
    /// </summary>
    private static IEnumerable<Complex<double>> ButterflyConstants() =>
    [
        new(Math.Sqrt(0.5), 0.5),
        Conjugate(3, 1), Conjugate(5, 1), Conjugate(5, 2),
        Conjugate(7, 1), Conjugate(7, 2), Conjugate(7, 3),
        Roots.Of(1, 9), Roots.Of(2, 9), Roots.Of(4, 9),
        default, default,
    ];

    private static Complex<double> Conjugate(int n, int k) => Roots.Of(k, n).Conjugate;

    private static List<Stage> StagesOf(FftRecipe recipe, List<Complex<double>> table, bool across) => recipe switch
    {
        StockhamRecipe s => new StageList(s.Radices, s.Length, table, across).Stages,
        FourStepRecipe f => new StageList(
            [.. f.Columns.Radices, .. f.Rows.Radices], f.Length, table, across).Stages,
        BluesteinRecipe b => StagesOf(b.Convolution, table, across),
        _ => throw new InvalidOperationException($"no stages for {recipe}"),
    };

    /// <summary>Transform of the conjugate chirp laid round the circle of the convolution.</summary>
    private static Complex<double>[] ChirpSpectrum(BluesteinRecipe recipe)
    {
        var (n, length) = (recipe.Length, recipe.Convolution.Length);
        var circle = new Complex<double>[length];
        for (var k = 0; k < n; k++)
        {
            var value = Roots.Chirp(k, n).Conjugate * (1.0 / length);
            circle[k] = value;
            circle[(length - k) % length] = value;
        }

        return HostFft.Forward(circle);
    }

    private static DeviceArray Narrowed(ComputeDevice device, List<Complex<double>> table)
    {
        var values = new float[2 * table.Count];
        for (var i = 0; i < table.Count; i++)
        {
            values[2 * i] = (float)table[i].Re;
            values[(2 * i) + 1] = (float)table[i].Im;
        }

        return DeviceArray.From<float>(device, values);
    }
}
