using System.Globalization;

namespace Spectral.Kernels;

/// <summary>
/// A band-limited convolution of series or images, planned: shapes, FFT lengths and kept bins; a value. Its
/// three transforms each serve both ways: the input's gives X and takes dX back, the filter's W and dW, the
/// output's Y and D.
/// </summary>
/// <param name="Shape">Sizes; series are images of one row.</param>
/// <param name="H">Vertical axis of the spectra; of series one bin.</param>
/// <param name="W">Horizontal axis of the spectra.</param>
public readonly record struct BandConvPlan(ConvShape Shape, BandAxis H, BandAxis W)
{
    /// <summary>Kept coefficients of one plane, both signs of the vertical axis included.</summary>
    public int Frequencies => W.Kept * H.BothSigns;

    /// <summary>Stored coefficients of one uncut plane.</summary>
    public int AllFrequencies => W.Half * H.FftLength;

    /// <summary>Share of the stored spectrum that is discarded, 0 … 1.</summary>
    public double AchievedCompression => 1 - (Frequencies / (double)AllFrequencies);

    /// <summary>
    /// Low-passes of the input's axes that the transform absorbs, or null: then the axes of the spectra are
    /// the shortest circles, whole (<see cref="ConvMethod.Absorbed"/>).
    /// </summary>
    public (AxisMap H, AxisMap W)? LowPass { get; init; }

    /// <summary>Whether every coefficient is kept.</summary>
    public bool IsFull => H.IsFull && W.IsFull;

    /// <summary>Input planes [N·C][H][W], after the zeros before them.</summary>
    public PlaneTransformPlan Input => LowPass is { } map
        ? new(
            Shape.N * Shape.C,
            new AxisSamples(H, Shape.H.Length, 0, 1) { LowPass = H.FftLength == 1 ? null : map.H },
            new AxisSamples(W, Shape.W.Length, 0, 1) { LowPass = map.W })
        : new(
            Shape.N * Shape.C,
            new AxisSamples(H, Shape.H.Length, Shape.H.PadBefore, 1),
            new AxisSamples(W, Shape.W.Length, Shape.W.PadBefore, 1));

    /// <summary>Filter planes [K·C][R][Q], dilated.</summary>
    public PlaneTransformPlan Filter => new(
        Shape.K * Shape.C,
        new AxisSamples(H, Shape.H.Kernel, 0, Shape.H.Dilation),
        new AxisSamples(W, Shape.W.Kernel, 0, Shape.W.Dilation));

    /// <summary>Output planes [N·K][OH][OW]; a stride is a step on the circle.</summary>
    public PlaneTransformPlan Output => new(
        Shape.N * Shape.K,
        new AxisSamples(H, Shape.H.Output, 0, Shape.H.Stride),
        new AxisSamples(W, Shape.W.Output, 0, Shape.W.Stride));

    /// <summary>The products over channels or samples, one for each kept coefficient.</summary>
    public ComplexGemmShape Products => new(ComplexGemmForm.Forward, Frequencies, Shape.N, Shape.C, Shape.K);

    /// <summary>The band as low-passes of the padded axes in space.</summary>
    public (AxisMap H, AxisMap W) Maps => (Map(Shape.H, H), Map(Shape.W, W));

    /// <summary>Real operations of <see cref="Maps"/>, once along both axes.</summary>
    public double FlopsOfMaps => PlaneMap.Flops(Shape.N * Shape.C, Maps.H, Maps.W);

    /// <summary>
    /// The direct convolution that is left after <see cref="Maps"/>: of padded, low-passed planes, as far as it
    /// reads them.
    /// </summary>
    public ConvShape AfterMaps => Shape with { H = WhatIsRead(Shape.H), W = WhatIsRead(Shape.W) };

    /// <summary>
    /// The band as low-passes in space from the outputs to the full direct convolution before them: their adjoints
    /// take that to the outputs, since a low-pass is symmetric. At stride 1 only.
    /// </summary>
    public (AxisMap H, AxisMap W) OutputMaps => (OutputMap(Shape.H, H), OutputMap(Shape.W, W));

    /// <summary>Real operations of <see cref="OutputMaps"/>, once along both axes.</summary>
    public double FlopsOfOutputMaps => PlaneMap.Flops(Shape.N * Shape.K, OutputMaps.H, OutputMaps.W);

    /// <summary>The direct convolution before <see cref="OutputMaps"/>: wherever a filter touches the input.</summary>
    public ConvShape BeforeMaps => Shape with { H = WhatIsTouched(Shape.H), W = WhatIsTouched(Shape.W) };

    /// <summary>The same convolution on the shortest circles, its band absorbed into the input's transform.</summary>
    public BandConvPlan Absorbed() => new(Shape, Whole(Shape.H), Whole(Shape.W)) { LowPass = Maps };

    /// <summary>
    /// Multiply-adds of the forward pass as it runs: three transforms, and four for each complex product.
    /// </summary>
    public double MultiplyAdds => Input.MultiplyAdds + Filter.MultiplyAdds + Output.MultiplyAdds
        + (4.0 * Frequencies * Shape.N * Shape.C * Shape.K);

    /// <summary>Plans a convolution; a band that depends on the data is planned with every bin.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="dimensions">1 for series, whose shape has one row, 2 for images.</param>
    /// <param name="band">What is kept.</param>
    /// <param name="policy">How FFT lengths are chosen.</param>
    /// <exception cref="InvalidInputException">A number is out of range.</exception>
    public static BandConvPlan For(ConvShape shape, int dimensions, Band band, FftSizePolicy policy)
    {
        shape.H.Validate("band-limited convolution");
        shape.W.Validate("band-limited convolution");
        Throw.Unless(dimensions == 2 || (dimensions == 1 && shape.H == new ConvAxis(1, 1)),
            "band-limited convolution", $"{dimensions} dimensions for {shape}",
            "1 for series (one row), 2 for images", "name the dimensions of the data");
        var width = FftSize.Of(shape.W, policy, dimensions);
        if (dimensions == 1)
            return new BandConvPlan(
                shape, new BandAxis(1, 1), new BandAxis(width, band.KeptBins(FftSize.Half(width))));
        var height = FftSize.Of(shape.H, policy, dimensions);
        var kept = policy == FftSizePolicy.Compatible
            ? band.KeptBins(FftSize.Half(height), FftSize.Half(width))
            : band.KeptBinsAtMost(height, width);
        return new BandConvPlan(shape, new BandAxis(height, kept.H), new BandAxis(width, kept.W));
    }

    /// <summary>Why the plan is what it is, in one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Shape}: {(H.FftLength == 1 ? "" : $"rows: {H}, columns: ")}{W} ({AchievedCompression:P1} discarded)");

    private static AxisMap Map(ConvAxis axis, BandAxis band) =>
        new(band, axis.Length, axis.PadBefore, axis.Read, band.FftLength);

    private static ConvAxis WhatIsRead(ConvAxis axis) =>
        axis with { Length = axis.Read, PadBefore = 0, PadAfter = 0 };

    private static AxisMap OutputMap(ConvAxis axis, BandAxis band)
    {
        var touched = WhatIsTouched(axis);
        return new(band, axis.Output, touched.PadBefore - axis.PadBefore, touched.Output, band.FftLength);
    }

    private static ConvAxis WhatIsTouched(ConvAxis axis) =>
        axis with { PadBefore = Math.Max(axis.Extent - 1, axis.PadBefore), PadAfter = axis.Extent - 1 };

    private static BandAxis Whole(ConvAxis axis) => new(axis.Read, FftSize.Half(axis.Read));
}
