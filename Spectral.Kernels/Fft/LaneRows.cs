using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Real numbers of neighbouring rows into the lanes of scratch and back: number e of a row is the part e mod
/// Parts of point e / Parts. A view of x or y and where in it.
/// </summary>
/// <param name="Row">Offset of the first row.</param>
/// <param name="Inner">From row to row.</param>
/// <param name="Point">From point to point.</param>
/// <param name="Imaginary">From a point's real part to its imaginary part.</param>
/// <param name="Parts">2 for complex points, 1 for real ones.</param>
/// <param name="Count">Numbers of a row.</param>
/// <param name="Rows">Rows that exist; lanes beyond repeat the last.</param>
/// <param name="Held">Where in scratch a whole run of tiles is kept, and this one's part; −1 without.</param>
internal readonly record struct LaneRows(
    int Row, int Inner, int Point, int Imaginary, int Parts, int Count, int Rows, long Held)
{
    /// <summary>Reads into [number][lane] at <paramref name="target"/>.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="work">Scratch.</param>
    /// <param name="again">The same scratch, see <see cref="RowShuffle"/>.</param>
    /// <param name="target">Where to.</param>
    /// <param name="spare">Start of the half of the scratch that the target does not lie in.</param>
    internal void Read<TLanes, T>(
        ArrayView<T> x, ArrayView<T> work, ArrayView<T> again, long target, long spare)
        where TLanes : unmanaged, ILanes<T, TLanes>
        where T : unmanaged, INumber<T>
    {
        if (Held >= 0)
            Copy<TLanes, T>(work, Held, target);
        else if (Rows == TLanes.Width && TLanes.Width > 1 && FollowEachOther)
            RowShuffle.Gather<TLanes, T>(x, Row, Inner, Count, work, again, target, spare);
        else
            for (var e = 0; e < Count; e++)
                for (var lane = 0; lane < TLanes.Width; lane++)
                    work[target + ((long)e * TLanes.Width) + lane] =
                        x[At(e) + (Math.Min(lane, Rows - 1) * Inner)];
    }

    /// <summary>Writes from [number][lane] at <paramref name="source"/>, which may be overwritten.</summary>
    /// <param name="y">The rows.</param>
    /// <param name="work">Scratch.</param>
    /// <param name="again">The same scratch.</param>
    /// <param name="source">Where from.</param>
    /// <param name="spare">Start of the half of the scratch that the source does not lie in.</param>
    internal void Write<TLanes, T>(
        ArrayView<T> y, ArrayView<T> work, ArrayView<T> again, long source, long spare)
        where TLanes : unmanaged, ILanes<T, TLanes>
        where T : unmanaged, INumber<T>
    {
        if (Held >= 0)
            Copy<TLanes, T>(work, source, Held);
        else if (Rows == TLanes.Width && TLanes.Width > 1 && FollowEachOther)
            RowShuffle.Scatter<TLanes, T>(y, Row, Inner, Count, work, again, source, spare);
        else
            for (var e = 0; e < Count; e++)
                for (var lane = 0; lane < Rows; lane++)
                    y[At(e) + (lane * Inner)] = work[source + ((long)e * TLanes.Width) + lane];
    }

    /// <summary>
    /// Reads a run of tiles of rows that are neighbours in memory: whole cache lines at a time, which by a
    /// tile would have gone from the cache before the next tile came for the rest of them.
    /// </summary>
    /// <param name="x">The rows.</param>
    /// <param name="work">Scratch.</param>
    /// <param name="tiles">How many.</param>
    /// <param name="pitch">From tile to tile in scratch, from <see cref="Held"/> on.</param>
    internal void ReadRun<TLanes, T>(ArrayView<T> x, ArrayView<T> work, int tiles, long pitch)
        where TLanes : unmanaged, ILanes<T, TLanes>
        where T : unmanaged, INumber<T>
    {
        for (var e = 0; e < Count; e++)
            for (var tile = 0; tile < tiles; tile++)
                LanePoint<TLanes, T>.Store(
                    work, Held + (tile * pitch) + ((long)e * TLanes.Width),
                    LanePoint<TLanes, T>.Load(x, At(e) + (tile * TLanes.Width)));
    }

    /// <summary>Writes a run of tiles, as <see cref="ReadRun"/> reads one.</summary>
    internal void WriteRun<TLanes, T>(ArrayView<T> y, ArrayView<T> work, int tiles, long pitch)
        where TLanes : unmanaged, ILanes<T, TLanes>
        where T : unmanaged, INumber<T>
    {
        for (var e = 0; e < Count; e++)
            for (var tile = 0; tile < tiles; tile++)
                LanePoint<TLanes, T>.Store(
                    y, At(e) + (tile * TLanes.Width),
                    LanePoint<TLanes, T>.Load(work, Held + (tile * pitch) + ((long)e * TLanes.Width)));
    }

    /// <summary>Whether the numbers of a row are neighbours in memory.</summary>
    private bool FollowEachOther => Point == Parts && (Parts == 1 || Imaginary == 1);

    private int At(int e) => Parts == 1 ? Row + (e * Point) : Row + (e / 2 * Point) + (e % 2 * Imaginary);

    private void Copy<TLanes, T>(ArrayView<T> work, long from, long to)
        where TLanes : unmanaged, ILanes<T, TLanes>
        where T : unmanaged, INumber<T>
    {
        for (var e = 0L; e < (long)Count * TLanes.Width; e += TLanes.Width)
            LanePoint<TLanes, T>.Store(work, to + e, LanePoint<TLanes, T>.Load(work, from + e));
    }
}
