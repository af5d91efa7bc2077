using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Sizes of transforms of small planes; in elements.</summary>
internal struct FlatPlanesArguments
{
    /// <summary>Planes; samples of each and real numbers of its spectrum.</summary>
    public int Planes, Samples, Numbers;

    /// <summary>Length of the bias, which repeats; 0 for none.</summary>
    public int BiasLength;

    /// <summary>Scratch of a work-item: samples, spectra.</summary>
    public int SlotLength, SpectrumAt;
}

/// <summary>
/// Truncated transforms of planes of few samples for CPUs: a work-item takes as many planes as it has lanes through
/// one product with a matrix in blocks of six rows, as <see cref="TiledMatrix"/>.
/// </summary>
internal sealed class FlatPlanesKernels : IKernelForms, IWholeRegisters
{
    public static IEnumerable<Delegate> Forms() =>
        [.. Forms<float, Lanes16<float>>(), .. Forms<double, Lanes8<double>>()];

    /// <summary>From [planes][samples] to [numbers][planes].</summary>
    internal static void Forward<T, TLanes>(
        ArrayView<T> x, ArrayView<T> matrix, ArrayView<T> spectrum, ArrayView<T> scratch, ArrayView<T> again,
        FlatPlanesArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var samples = WorkItem.Index * g.SlotLength;
        var blocks = (g.Planes + TLanes.Width - 1) / TLanes.Width;
        for (var block = WorkItem.First(blocks); block < WorkItem.End(blocks); block++)
        {
            var plane = block * TLanes.Width;
            var lanes = Math.Min(TLanes.Width, g.Planes - plane);
            AdjacentRows.TakeSamples<T, TLanes>(
                x, plane * g.Samples, g.Samples, g.Samples, scratch, again, samples, samples + g.SpectrumAt, lanes);
            Multiply<T, TLanes>(matrix, scratch, samples, samples + g.SpectrumAt, g.Numbers, g.Samples);
            for (var i = 0; i < g.Numbers; i++)
                AdjacentRows.Put(
                    spectrum, (i * g.Planes) + plane, lanes,
                    Lanes.Load<T, TLanes>(scratch, samples + g.SpectrumAt + (i * TLanes.Width)), scratch, samples);
        }
    }

    /// <summary>Back, from [numbers][planes] to [planes][samples].</summary>
    internal static void Inverse<T, TLanes>(
        ArrayView<T> spectrum, ArrayView<T> matrix, ArrayView<T> y, ArrayView<T> bias, ArrayView<T> scratch,
        ArrayView<T> again, FlatPlanesArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var samples = WorkItem.Index * g.SlotLength;
        var blocks = (g.Planes + TLanes.Width - 1) / TLanes.Width;
        for (var block = WorkItem.First(blocks); block < WorkItem.End(blocks); block++)
        {
            var plane = block * TLanes.Width;
            var lanes = Math.Min(TLanes.Width, g.Planes - plane);
            for (var i = 0; i < g.Numbers; i++)
                Lanes.Store(
                    scratch, samples + g.SpectrumAt + (i * TLanes.Width),
                    AdjacentRows.Take<T, TLanes>(spectrum, (i * g.Planes) + plane, lanes, scratch, samples));
            Multiply<T, TLanes>(matrix, scratch, samples + g.SpectrumAt, samples, g.Samples, g.Numbers);
            AdjacentRows.PutSamples<T, TLanes>(
                scratch, again, samples, samples + g.SpectrumAt, y, plane * g.Samples, g.Samples, g.Samples, bias,
                g.BiasLength, plane, lanes);
        }
    }

    private static void Multiply<T, TLanes>(
        ArrayView<T> matrix, ArrayView<T> scratch, int from, int to, int rows, int columns)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        for (var row = 0; row < rows; row += PanelTile<T, TLanes>.Rows)
        {
            var tile = PanelTile<T, TLanes>.Add<InterleavedRows>(
                PanelTile<T, TLanes>.Zero, matrix, row * columns, scratch, from, columns);
            PanelTile<T, TLanes>.Store(scratch, to + (row * TLanes.Width), TLanes.Width, tile);
        }
    }

    private static Delegate[] Forms<T, TLanes>()
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, FlatPlanesArguments>)
            Forward<T, TLanes>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
            FlatPlanesArguments>)Inverse<T, TLanes>,
    ];
}
