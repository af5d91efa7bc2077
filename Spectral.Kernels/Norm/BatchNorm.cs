using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy 2015) of arrays seen as [batch, channels, inner]: statistics,
/// normalising, and the backward pass.
/// </summary>
public static class BatchNorm
{
    private static readonly CandidateList<NormShape, BatchNormCandidate> Candidates = new("batchnorm",
        new("tile", (device, _) => device.Quirks.RunsTiles
                && device.Limits.MaxGroupSize >= BatchNormTile.PartGroup,
            (_, _) => true, new BatchNormTile())
        { ForGpus = true },
        new("vector", (_, _) => true, (_, _) => true, new BatchNormVector()));

    /// <summary>Names of the ways that work for a shape on a device.</summary>
    public static IReadOnlyList<string> Ways(ComputeDevice device, NormShape shape) =>
        Candidates.Legal(device, shape);

    /// <summary>
    /// Mean and 1 / √(biased variance + ε) of each channel. With running statistics, those move by
    /// <paramref name="factor"/> towards the mean and the unbiased variance.
    /// </summary>
    /// <param name="x">The data, <see cref="NormShape.Length"/> elements.</param>
    /// <param name="shape">Its extents; at least two elements a channel.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="mean">Result, a value a channel.</param>
    /// <param name="invStd">Result, a value a channel.</param>
    /// <param name="runningMean">Changed in place, or null.</param>
    /// <param name="runningVar">Changed in place, or null.</param>
    /// <param name="factor">Weight of this batch in the running statistics.</param>
    /// <param name="way">Forces a way of <see cref="Ways"/>.</param>
    /// <exception cref="InvalidInputException">
    /// Lengths or types differ, or a channel has one element.
    /// </exception>
    public static void Moments(
        DeviceArray x, NormShape shape, double epsilon, DeviceArray mean, DeviceArray invStd,
        DeviceArray? runningMean = null, DeviceArray? runningVar = null, double factor = 0,
        string? way = null)
    {
        Check(x, shape, [], [mean, invStd, runningMean, runningVar]);
        Throw.Unless(shape.Count > 1, "batchnorm", $"{shape}", "at least two elements a channel in training",
            "use a larger batch, or evaluation mode");
        Throw.Unless(runningMean is null == runningVar is null, "batchnorm", "one running statistic",
            "both or none", "give both");
        if (shape.Channels == 0)
            return;
        var candidate = Candidates.Choose(x.Device, shape, way).Run;
        factor = runningMean is null ? 0 : factor;
        if (x.DType == DType.Float32)
            Run<float, FloatMath>((float)epsilon, (float)factor);
        else
            Run<double, DoubleMath>(epsilon, factor);
        runningMean?.MarkChanged();
        runningVar?.MarkChanged();

        void Run<T, TMath>(T eps, T weight) where T : unmanaged, INumber<T> where TMath : struct, IRealMath<T>
        {
            var results = new ChannelStatistics<T>(
                mean.View<T>(), invStd.View<T>(), (runningMean ?? mean).View<T>(), (runningVar ?? invStd).View<T>(),
                eps, weight);
            candidate.Moments<T, TMath>(x.Device, x.View<T>(), results, shape);
        }
    }

    /// <summary>1 / √(variance + ε) of given variances.</summary>
    /// <exception cref="InvalidInputException">Lengths or types differ.</exception>
    public static void InvStd(DeviceArray variance, double epsilon, DeviceArray invStd)
    {
        Check(variance, new NormShape(1, variance.Length, 1), [], [invStd]);
        var launch = variance.Device.Limits.Elements(variance.Length);
        if (variance.DType == DType.Float32)
            variance.Device.Launch(BatchNormChannelKernels.InvStd<float, FloatMath>, launch,
                variance.View<float>(), invStd.View<float>(), (float)epsilon);
        else
            variance.Device.Launch(BatchNormChannelKernels.InvStd<double, DoubleMath>, launch,
                variance.View<double>(), invStd.View<double>(), epsilon);
    }

    /// <summary>
    /// y = (x − mean) · invStd · γ + β, and in the same pass, where wanted, plus a residual and max(·, 0).
    /// </summary>
    /// <param name="x">The data.</param>
    /// <param name="y">Result, as long; may be <paramref name="x"/>.</param>
    /// <param name="shape">Extents of both.</param>
    /// <param name="mean">A value a channel.</param>
    /// <param name="invStd">A value a channel.</param>
    /// <param name="gamma">A value a channel, or null for 1.</param>
    /// <param name="beta">A value a channel; null, for 0, together with <paramref name="gamma"/>.</param>
    /// <param name="relu">Whether the result is rectified.</param>
    /// <param name="residual">As long as x, added before that; or null.</param>
    /// <param name="way">Forces a way of <see cref="Ways"/>.</param>
    /// <exception cref="InvalidInputException">Lengths or types differ.</exception>
    public static void Normalise(
        DeviceArray x, DeviceArray y, NormShape shape, DeviceArray mean, DeviceArray invStd,
        DeviceArray? gamma, DeviceArray? beta, bool relu = false, DeviceArray? residual = null,
        string? way = null)
    {
        Check(x, shape, [y, residual], [mean, invStd, gamma, beta]);
        CheckBoth(gamma, beta);
        if (shape.Length == 0)
            return;
        var candidate = Candidates.Choose(x.Device, shape, way).Run;
        if (x.DType == DType.Float32)
            Choose<float>();
        else
            Choose<double>();

        void Choose<T>() where T : unmanaged, INumber<T>
        {
            if (relu)
                Add<T, ReluFunction<T>>();
            else
                Add<T, IdentityFunction<T>>();
        }

        void Add<T, TFunction>()
            where T : unmanaged, INumber<T> where TFunction : struct, IUnaryFunction<T>
        {
            if (residual is null)
                Run<T, NoResidual<T>, TFunction>();
            else
                Run<T, AddedResidual<T>, TFunction>();
        }

        void Run<T, TResidual, TFunction>()
            where T : unmanaged, INumber<T>
            where TResidual : struct, IResidual<T>
            where TFunction : struct, IUnaryFunction<T> =>
            candidate.Normalise<T, TResidual, TFunction>(
                x.Device, x.View<T>(), (residual ?? x).View<T>(), y.View<T>(), Norm<T>(mean, invStd, gamma, beta), shape);
    }

    /// <summary>Gradients of x, γ and β; of a forward pass without a residual.</summary>
    /// <param name="x">The data of the forward pass.</param>
    /// <param name="dy">Gradient of the result.</param>
    /// <param name="shape">Extents of both.</param>
    /// <param name="mean">Mean that the forward pass subtracted.</param>
    /// <param name="invStd">Factor that the forward pass multiplied by.</param>
    /// <param name="gamma">A value a channel, or null for 1.</param>
    /// <param name="beta">A value a channel; null, for 0, together with <paramref name="gamma"/>.</param>
    /// <param name="relu">Whether the result was rectified.</param>
    /// <param name="ofBatch">
    /// Whether mean and invStd are those of this very batch, so that they too depend on x.
    /// </param>
    /// <param name="dx">Result, or null; may be <paramref name="dy"/>.</param>
    /// <param name="dGamma">Result, a value a channel.</param>
    /// <param name="dBeta">Result, a value a channel.</param>
    /// <param name="way">Forces a way of <see cref="Ways"/>.</param>
    /// <exception cref="InvalidInputException">Lengths or types differ.</exception>
    public static void Gradient(
        DeviceArray x, DeviceArray dy, NormShape shape, DeviceArray mean, DeviceArray invStd,
        DeviceArray? gamma, DeviceArray? beta, bool relu, bool ofBatch, DeviceArray? dx, DeviceArray dGamma,
        DeviceArray dBeta, string? way = null)
    {
        Check(x, shape, [dy, dx], [mean, invStd, gamma, beta, dGamma, dBeta]);
        CheckBoth(gamma, beta);
        if (shape.Channels == 0)
            return;
        var candidate = Candidates.Choose(x.Device, shape, way).Run;
        using var factors = new Workspace(x.Device, x.DType, 2L * shape.Channels, "batchnorm");
        if (x.DType == DType.Float32)
            Choose<float, FloatMath>();
        else
            Choose<double, DoubleMath>();

        void Choose<T, TMath>() where T : unmanaged, INumber<T> where TMath : struct, IRealMath<T>
        {
            if (relu)
                Run<T, TMath, ReluFunction<T>>();
            else
                Run<T, TMath, IdentityFunction<T>>();
        }

        void Run<T, TMath, TFunction>()
            where T : unmanaged, INumber<T>
            where TMath : struct, IRealMath<T>
            where TFunction : struct, IUnaryFunction<T>
        {
            var norm = Norm<T>(mean, invStd, gamma, beta);
            var all = factors.Array.View<T>();
            var results = new ChannelGradients<T>(
                dGamma.View<T>(), dBeta.View<T>(), all.SubView(0, shape.Channels),
                all.SubView(shape.Channels, shape.Channels), ofBatch ? 1 : 0);
            candidate.GradientSums<T, TMath, TFunction>(x.Device, x.View<T>(), dy.View<T>(), norm, results, shape);
            if (dx is not null)
                candidate.InputGradient<T, TFunction>(
                    x.Device, x.View<T>(), dy.View<T>(), dx.View<T>(), norm, results, shape);
        }
    }

    private static ChannelNorm<T> Norm<T>(
        DeviceArray mean, DeviceArray invStd, DeviceArray? gamma, DeviceArray? beta)
        where T : unmanaged, INumber<T> =>
        new(mean.View<T>(), invStd.View<T>(), (gamma ?? invStd).View<T>(), (beta ?? invStd).View<T>(),
            gamma is null ? 0 : 1);

    private static void CheckBoth(DeviceArray? gamma, DeviceArray? beta) => Throw.Unless(
        gamma is null == beta is null, "batchnorm", "one of γ and β", "both or none", "give both");

    private static void Check(
        DeviceArray x, NormShape shape, ReadOnlySpan<DeviceArray?> data, ReadOnlySpan<DeviceArray?> channels)
    {
        Throw.Unless(x.DType.IsReal() && x.Length == shape.Length, "batchnorm", $"{x.Length} {x.DType}",
            $"{shape.Length} Float32 or Float64 for {shape}", "check the extents");
        foreach (var array in data)
            Throw.Unless(array is null || (array.DType == x.DType && array.Length == x.Length), "batchnorm",
                $"{array?.Length} {array?.DType}", $"{x.Length} {x.DType}, as the data", "check the extents");
        foreach (var array in channels)
            Throw.Unless(array is null || (array.DType == x.DType && array.Length == shape.Channels),
                "batchnorm", $"{array?.Length} {array?.DType} for {shape}",
                $"{shape.Channels} {x.DType}, one value a channel", "check the number of channels");
    }
}
