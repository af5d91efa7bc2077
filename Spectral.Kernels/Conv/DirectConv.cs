namespace Spectral.Kernels;

/// <summary>
/// Cross-correlation with learned filters as matrix products, with its exact gradients. No atomics: the same
/// device gives the same bits.
/// </summary>
public static class DirectConv
{
    private static readonly CandidateList<ConvShape, Run> Candidates = new("directconv",
        new("few", ConvOfFewChannels.IsLegal, ConvOfFewChannels.IsPreferred,
            new(ConvOfFewChannels.Forward, ConvOfFewChannels.InputGradient, ConvOfFewChannels.FilterGradient)),
        new("planes", (_, shape) => ConvOfSmallPlanes.IsLegal(shape), ConvOfSmallPlanes.IsPreferred,
            new(ConvOfSmallPlanes.Forward, ConvOfSmallPlanes.InputGradient, ConvOfSmallPlanes.FilterGradient)),
        new("panels", (_, shape) => ConvByPanels.IsLegal(shape),
            (device, _) => device.Quirks.PrefersVectorLoops,
            new(ConvByPanels.Forward, ConvByPanels.InputGradient, ConvByPanels.FilterGradient)),
        new("series", ConvOfSeries.IsLegal, ConvOfSeries.IsPreferred,
            new(ConvOfSeries.Forward, ConvOfSeries.InputGradient, ConvOfSeries.FilterGradient))
        { ForGpus = true },
        new("unfold", (_, _) => true, (_, _) => true,
            new(ConvByUnfolding.Forward, ConvByUnfolding.InputGradient, ConvByUnfolding.FilterGradient)));

    private sealed record Run(
        Action<ConvShape, DeviceArray, DeviceArray, DeviceArray?, DeviceArray> Forward,
        Action<ConvShape, DeviceArray, DeviceArray, DeviceArray> InputGradient,
        Action<ConvShape, DeviceArray, DeviceArray, DeviceArray> FilterGradient);

    /// <summary>y[n][k] = Σ_c x[n][c] ⋆ w[k][c] + b[k].</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="x">Images, [N][C][H][W].</param>
    /// <param name="w">Filters, [K][C][R][Q].</param>
    /// <param name="bias">[K], or null.</param>
    /// <param name="y">Overwritten: [N][K][OutH][OutW].</param>
    /// <param name="candidate">Forces a candidate by name; null for the best.</param>
    /// <exception cref="InvalidInputException">Sizes or types do not fit.</exception>
    public static void Forward(
        ConvShape shape, DeviceArray x, DeviceArray w, DeviceArray? bias, DeviceArray y,
        string? candidate = null)
    {
        Check(shape, x, w, y);
        RunPass(shape, y, "forward", candidate, way => way.Forward(shape, x, w, bias, y));
    }

    /// <summary>dx: the adjoint of <see cref="Forward"/> in x.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="dy">Gradient of the output, [N][K][OutH][OutW].</param>
    /// <param name="w">Filters, [K][C][R][Q].</param>
    /// <param name="dx">Overwritten: [N][C][H][W].</param>
    /// <param name="candidate">Forces a candidate by name; null for the best.</param>
    /// <exception cref="InvalidInputException">Sizes or types do not fit.</exception>
    public static void InputGradient(
        ConvShape shape, DeviceArray dy, DeviceArray w, DeviceArray dx, string? candidate = null)
    {
        Check(shape, dx, w, dy);
        RunPass(shape, dx, "gradient of the input", candidate, way => way.InputGradient(shape, dy, w, dx));
    }

    /// <summary>dw: the adjoint of <see cref="Forward"/> in w.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="x">Images, [N][C][H][W].</param>
    /// <param name="dy">Gradient of the output, [N][K][OutH][OutW].</param>
    /// <param name="dw">Overwritten: [K][C][R][Q].</param>
    /// <param name="candidate">Forces a candidate by name; null for the best.</param>
    /// <exception cref="InvalidInputException">Sizes or types do not fit.</exception>
    public static void FilterGradient(
        ConvShape shape, DeviceArray x, DeviceArray dy, DeviceArray dw, string? candidate = null)
    {
        Check(shape, x, dw, dy);
        RunPass(shape, dw, "gradient of the filters", candidate, way => way.FilterGradient(shape, x, dy, dw));
    }

    /// <summary>Names of the candidates that can compute <paramref name="shape"/> on a device.</summary>
    public static IReadOnlyList<string> LegalCandidates(ComputeDevice device, ConvShape shape) =>
        Candidates.Legal(device, shape);

    /// <summary>db[k] = Σ over images and outputs of dy.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="dy">Gradient of the output, [N][K][OutH][OutW].</param>
    /// <param name="db">Overwritten: [K].</param>
    /// <exception cref="InvalidInputException">Sizes or types do not fit.</exception>
    public static void BiasGradient(ConvShape shape, DeviceArray dy, DeviceArray db)
    {
        Throw.Unless(
            shape.IsValid && dy.Length == shape.OutputCount && db.Length == shape.K && dy.DType == db.DType
                && dy.DType.IsReal() && dy.Device == db.Device,
            "conv", $"{dy.Length} {dy.DType} and {db.Length} {db.DType} for {shape}",
            $"{shape.OutputCount} and {shape.K} of one real type on one device", "allocate by the shape");
        using var images = new Workspace(dy.Device, dy.DType, (long)shape.N * shape.K, "conv");
        Reduce.Sum(dy, images.Array, shape.N * shape.K, shape.Output.H * shape.Output.W, 1);
        Reduce.Sum(images.Array, db, 1, shape.N, shape.K);
    }

    private static void RunPass(
        ConvShape shape, DeviceArray result, string pass, string? candidate, Action<Run> run)
    {
        var trials = Autotuner.IsOn
            ? new Trials<Run>($"{shape}, {pass}, {result.DType}", way => () => run(way))
            : null;
        run(Candidates.Choose(result.Device, shape, candidate, trials).Run);
    }

    private static void Check(ConvShape shape, DeviceArray x, DeviceArray w, DeviceArray y)
    {
        Throw.Unless(shape.IsValid, "conv", $"{shape}",
            "positive sizes, a filter that fits into the padded input", "check sizes and padding");
        Throw.Unless(
            x.Length == shape.InputCount && w.Length == shape.FilterCount && y.Length == shape.OutputCount,
            "conv", $"{x.Length}, {w.Length} and {y.Length} elements for {shape}",
            $"{shape.InputCount}, {shape.FilterCount} and {shape.OutputCount}", "allocate by the shape");
    }
}
