using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// Right operand of a product by rows: element (l, column) with l = outer·Inner + inner lies at Start +
/// outer·OuterStride + inner·InnerStride + column·Column.
/// </summary>
internal struct PackColumnsArguments
{
    public int Batch, BatchStride, Columns, Start, Column;
    public int Outer, OuterStride, Inner, InnerStride;
}

/// <summary>Runs <see cref="PackKernels.Columns{T, TLanes}"/>.</summary>
internal static class PackColumns
{
    /// <summary>Packs the columns of an operand to [batch][panel][l][width].</summary>
    internal static void Run<T, TLanes>(DeviceArray from, DeviceArray to, PackColumnsArguments pack)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var items = (long)pack.Batch * GemmPlan.Blocks(pack.Columns, TLanes.Width) * pack.Outer
            * GemmPlan.Blocks(pack.Inner, PackKernels.Run);
        var elements = (double)pack.Batch * pack.Columns * pack.Outer * pack.Inner;
        var workers = (int)Math.Min(items, LoopItems.For(to.Device.Limits, elements, 0));
        using var scratch = new Workspace(
            to.Device, to.DType, (long)workers * PackKernels.Run * TLanes.Width, "packed columns");
        to.Device.Launch(
            PackKernels.Columns<T, TLanes>, new LaunchShape(workers, 1), from.View<T>(), to.View<T>(),
            scratch.Array.View<T>(), pack);
    }
}
