namespace Spectral.Kernels;

/// <summary>Ideal low-passes along both axes of many planes, and their adjoints, as products with matrices.</summary>
public static class PlaneMap
{
    /// <summary>y[p] = H · x[p] · Wᵀ.</summary>
    /// <param name="planes">Number of planes.</param>
    /// <param name="h">The vertical axis.</param>
    /// <param name="w">The horizontal axis.</param>
    /// <param name="x">[planes][h.Length][w.Length].</param>
    /// <param name="y">Overwritten: [planes][h.OutputLength][w.OutputLength].</param>
    /// <exception cref="InvalidInputException">Sizes or types do not fit.</exception>
    public static void Apply(int planes, AxisMap h, AxisMap w, DeviceArray x, DeviceArray y)
    {
        Check(planes, h, w, x, y);
        var across = BandMatrixCache.Get(x.Device, new AxisMapMatrix(w, Transposed: true), x.DType);
        var down = BandMatrixCache.Get(x.Device, new AxisMapMatrix(h, Transposed: false), x.DType);
        Multiply(planes, (h.Length, h.OutputLength), (w.Length, w.OutputLength), x, across, down, y);
    }

    /// <summary>dx[p] = Hᵀ · dy[p] · W, the adjoint of <see cref="Apply"/>.</summary>
    /// <param name="planes">Number of planes.</param>
    /// <param name="h">The vertical axis.</param>
    /// <param name="w">The horizontal axis.</param>
    /// <param name="dy">[planes][h.OutputLength][w.OutputLength].</param>
    /// <param name="dx">Overwritten: [planes][h.Length][w.Length].</param>
    /// <exception cref="InvalidInputException">Sizes or types do not fit.</exception>
    public static void Adjoint(int planes, AxisMap h, AxisMap w, DeviceArray dy, DeviceArray dx)
    {
        Check(planes, h, w, dx, dy);
        var across = BandMatrixCache.Get(dx.Device, new AxisMapMatrix(w, Transposed: false), dx.DType);
        var down = BandMatrixCache.Get(dx.Device, new AxisMapMatrix(h, Transposed: true), dx.DType);
        Multiply(planes, (h.OutputLength, h.Length), (w.OutputLength, w.Length), dy, across, down, dx);
    }

    private static void Multiply(
        int planes, (int From, int To) h, (int From, int To) w, DeviceArray x, DeviceArray across,
        DeviceArray down, DeviceArray y)
    {
        if (h == (1, 1))
        {
            Gemm.Multiply(new GemmShape(1, planes, w.To, w.From), x, across, y);
            return;
        }

        using var between = new Workspace(x.Device, x.DType, (long)planes * h.From * w.To, "low-pass");
        Gemm.Multiply(new GemmShape(1, planes * h.From, w.To, w.From), x, across, between.Array);
        Gemm.Multiply(
            new GemmShape(planes, h.To, w.To, h.From) { A = (0, h.From, 1) }, down, between.Array, y);
    }

    private static void Check(int planes, AxisMap h, AxisMap w, DeviceArray input, DeviceArray output) =>
        Throw.Unless(
            planes >= 1 && h.IsValid && w.IsValid && input.Length == (long)planes * h.Length * w.Length
                && output.Length == (long)planes * h.OutputLength * w.OutputLength
                && input.DType == output.DType && input.DType.IsReal() && input.Device == output.Device,
            "low-pass",
            $"{input.Length} {input.DType} and {output.Length} {output.DType} for {planes} planes, rows: {h}, columns: {w}",
            "planes of the lengths of the axes, of one real type on one device", "allocate by the axes");
}
