namespace Spectral.Kernels;

/// <summary>Transforms of rows of samples as one product with a matrix of [bins][2] by [samples].</summary>
internal static class MatrixRows
{
    /// <summary>Rows of so few samples are too short to be the lanes of a product: filters, not signals.</summary>
    private const int ShortRow = 16;

    /// <summary>spectrum[bin][2][row] = Σ_l matrix[bin, part][l] · x[row][l].</summary>
    internal static void Forward(
        int rows, int length, int bins, DeviceArray x, DeviceArray matrix, DeviceArray spectrum) =>
        Gemm.Multiply(
            new GemmShape(1, 2 * bins, rows, length) { B = (0, 1, length) }, matrix, x, spectrum);

    /// <summary>y[row][l] = Σ matrix[bin, part][l] · spectrum[bin][part][row] + bias[row mod its length].</summary>
    internal static void Inverse(
        int rows, int length, int bins, DeviceArray spectrum, DeviceArray matrix, DeviceArray y,
        DeviceArray? bias)
    {
        if (length <= ShortRow && bias is null && y.Device.Quirks.PrefersVectorLoops)
            InverseOfShortRows(rows, length, bins, spectrum, matrix, y);
        else
            Gemm.Multiply(
                new GemmShape(1, rows, length, 2 * bins) { A = (0, 1, rows) },
                spectrum, matrix, y, bias: bias, biasAlong: bias is null ? GemmBias.None : GemmBias.Rows);
    }

    // A product whose columns were the few samples of a row would leave most lanes idle: the rows become
    // the columns, and the result is transposed.
    private static void InverseOfShortRows(
        int rows, int length, int bins, DeviceArray spectrum, DeviceArray matrix, DeviceArray y)
    {
        using var turned = new Workspace(y.Device, y.DType, (long)rows * length, "band transform");
        Gemm.Multiply(
            new GemmShape(1, length, rows, 2 * bins) { A = (0, 1, length) },
            matrix, spectrum, turned.Array);
        Layout.Copy(turned.Array, 0, [rows, 1], y, 0, [1, length], [length, rows], "band transform");
    }
}
