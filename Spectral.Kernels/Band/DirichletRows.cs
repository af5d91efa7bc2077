using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// Low-passes of a few rows on GPUs, as sums over all samples with the low-pass's own kernel: one launch, where a matrix
/// of which only the diagonals differ would be read whole, and fast transforms take two with few groups to fill.
/// </summary>
internal static class DirichletRows
{
    /// <summary>
    /// Of more rows matrix products and fast transforms have work enough: on an H100 48 rows of 512 samples take half of
    /// their time, 2048 of 150 samples take longer.
    /// </summary>
    private const int MostRows = 128;

    /// <summary>Products of all rows that take no longer than transforms of them would.</summary>
    private const double MostProducts = 1 << 27;

    internal static bool IsLegal(ComputeDevice device, AxisMap map) =>
        DirichletTable.IsLegal(map) && device.Quirks.RunsTiles && device.Limits.MaxGroupSize >= DirichletKernels.GroupSize;

    internal static bool IsPreferred(ComputeDevice device, int rows, AxisMap map) =>
        !device.Quirks.PrefersVectorLoops && rows <= MostRows && (double)rows * map.Length * map.OutputLength <= MostProducts;

    /// <summary>Takes rows [rows][length] of x to [rows][output length] of y, or back for the adjoint.</summary>
    internal static void Run(int rows, AxisMap map, bool isAdjoint, DeviceArray x, DeviceArray y)
    {
        if (y.DType == DType.Float32)
            Run<float>(rows, new DirichletTable(map, isAdjoint), x, y);
        else
            Run<double>(rows, new DirichletTable(map, isAdjoint), x, y);
    }

    private static void Run<T>(int rows, DirichletTable table, DeviceArray x, DeviceArray y)
        where T : unmanaged, INumber<T>
    {
        var g = DirichletArguments.Of(
            table, DirichletKernels.GroupSize, DirichletKernels.Outputs, DirichletKernels.MostDepth);
        y.Device.Launch(
            DirichletKernels.Rows, new LaunchShape(rows * g.Blocks, DirichletKernels.GroupSize), x.View<T>(),
            BandMatrixCache.Like<T>(x, table), y.View<T>(), g);
    }
}
