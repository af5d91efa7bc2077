namespace Spectral.Kernels;

/// <summary>The matrix of a low-pass along both axes of a plane, [outputs][inputs], or its transpose.</summary>
internal readonly record struct PlaneMapMatrix(AxisMap H, AxisMap W, bool Transposed) : IBandMatrix
{
    public double[] Compute()
    {
        var (down, across) = (new AxisMapMatrix(H, Transposed).Compute(), new AxisMapMatrix(W, Transposed).Compute());
        var (fromH, fromW) = Transposed ? (H.OutputLength, W.OutputLength) : (H.Length, W.Length);
        var (toH, toW) = (down.Length / fromH, across.Length / fromW);
        var values = new double[down.Length * across.Length];
        for (var o = 0; o < toH * toW; o++)
            for (var i = 0; i < fromH * fromW; i++)
                values[(o * fromH * fromW) + i]
                    = down[(o / toW * fromH) + (i / fromW)] * across[(o % toW * fromW) + (i % fromW)];
        return values;
    }
}
