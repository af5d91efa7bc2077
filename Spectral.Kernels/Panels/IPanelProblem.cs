using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// What a product by panels reads and writes: the numbers of one product, and the functions that turn
/// its right operand into panels and put a finished tile where it belongs.
/// </summary>
internal interface IPanelProblem<T, TLanes, TSelf>
    where T : unmanaged, INumber<T>
    where TLanes : unmanaged, ILanes<T, TLanes>
    where TSelf : unmanaged, IPanelProblem<T, TLanes, TSelf>
{
    /// <summary>Copies a panel of columns, for l from first to last, to [l][width].</summary>
    static abstract void Pack(
        TSelf g, ArrayView<T> from, ArrayView<T> scratch, int to, int batch, int column, int first, int last);

    /// <summary>Writes a finished tile, which lies in scratch, [row][width].</summary>
    static abstract void Place(
        TSelf g, ArrayView<T> c, ArrayView<T> bias, ArrayView<T> scratch, int tile, T alpha, int batch,
        int row, int column);

    /// <summary>Where the packed rows of a batch start.</summary>
    static abstract int RowsAt(TSelf g, int batch);
}
