using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// What a product by rows reads and writes: the numbers of one product, and the functions that copy rows of
/// its left operand and put a finished tile where it belongs.
/// </summary>
internal interface IRowProblem<T, TLanes, TSelf>
    where T : unmanaged, INumber<T>
    where TLanes : unmanaged, ILanes<T, TLanes>
    where TSelf : unmanaged, IRowProblem<T, TLanes, TSelf>
{
    /// <summary>Copies six rows, for l from first to last, as <see cref="SeparateRows"/> says.</summary>
    static abstract void Fill(
        TSelf g, ArrayView<T> from, ArrayView<T> scratch, int to, int batch, int row, int first, int last);

    /// <summary>Writes a finished tile, which lies in scratch, [row][width].</summary>
    static abstract void Place(
        TSelf g, ArrayView<T> c, ArrayView<T> bias, ArrayView<T> scratch, int tile, T alpha, int batch,
        int row, int column);
}
