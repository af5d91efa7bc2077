using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Batch normalisation of [N, C] or [N, C, L]: y = (x − mean) / √(variance + ε) · weight + bias with one mean
/// and one biased variance a channel. Training uses those of the batch and moves the running ones towards
/// them (the variance unbiased); evaluation uses the running ones.
/// </summary>
public sealed class BatchNorm1d : BatchNormLayer
{
    /// <inheritdoc cref="BatchNormLayer(int, double, double?, bool, bool, DType, ComputeDevice)"/>
    public BatchNorm1d(
        int numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = true,
        bool trackRunningStats = true, DType dtype = DType.Float32, ComputeDevice? device = null)
        : base(numFeatures, eps, momentum, affine, trackRunningStats, dtype, device)
    {
    }

    private protected override string Allowed => "[N, C] or [N, C, L]";

    private protected override bool Takes(int rank) => rank is 2 or 3;
}

/// <summary>As <see cref="BatchNorm1d"/>, of [N, C, H, W].</summary>
public sealed class BatchNorm2d : BatchNormLayer
{
    /// <inheritdoc cref="BatchNormLayer(int, double, double?, bool, bool, DType, ComputeDevice)"/>
    public BatchNorm2d(
        int numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = true,
        bool trackRunningStats = true, DType dtype = DType.Float32, ComputeDevice? device = null)
        : base(numFeatures, eps, momentum, affine, trackRunningStats, dtype, device)
    {
    }

    private protected override string Allowed => "[N, C, H, W]";

    private protected override bool Takes(int rank) => rank == 4;
}

/// <summary>What the batch normalisations have in common.</summary>
public abstract class BatchNormLayer : Module
{
    private readonly double _eps;
    private readonly double? _momentum;
    private readonly Tensor? _batchesTracked;
    private int _batches;

    /// <summary>Weight 1, bias 0, running mean 0, running variance 1.</summary>
    /// <param name="numFeatures">Channels.</param>
    /// <param name="eps">Added to the variance.</param>
    /// <param name="momentum">
    /// Weight of a batch in the running statistics; null for the plain average of all batches.
    /// </param>
    /// <param name="affine">Whether there are weight and bias.</param>
    /// <param name="trackRunningStats">
    /// Whether there are running statistics; without them evaluation too uses those of the batch.
    /// </param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <param name="device">Device; null takes <see cref="ComputeDevice.Default"/>.</param>
    /// <exception cref="InvalidInputException"><paramref name="numFeatures"/> is not positive.</exception>
    private protected BatchNormLayer(
        int numFeatures, double eps, double? momentum, bool affine, bool trackRunningStats, DType dtype,
        ComputeDevice? device)
    {
        Throw.Unless(numFeatures > 0, GetType().Name, $"{numFeatures} features", "1 or more",
            "give the number of channels");
        (NumFeatures, _eps, _momentum) = (numFeatures, eps, momentum);
        if (affine)
        {
            Weight = RegisterParameter("weight", new Parameter([numFeatures], dtype, device));
            Bias = RegisterParameter("bias", new Parameter([numFeatures], dtype, device));
            Init.Constant(Weight, 1);
            Init.Constant(Bias, 0);
        }

        if (!trackRunningStats)
            return;
        RunningMean = RegisterBuffer("running_mean", Tensor.Zeros([numFeatures], dtype, device));
        RunningVar = RegisterBuffer("running_var", Tensor.Ones([numFeatures], dtype, device));
        _batchesTracked = RegisterBuffer("num_batches_tracked", Tensor.Zeros([], DType.Int32, device));
    }

    /// <summary>Channels.</summary>
    public int NumFeatures { get; }

    /// <summary>Scale [C], or null.</summary>
    public Parameter? Weight { get; }

    /// <summary>Shift [C], or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>Running mean [C], or null.</summary>
    public Tensor? RunningMean { get; }

    /// <summary>Running unbiased variance [C], or null.</summary>
    public Tensor? RunningVar { get; }

    private protected abstract string Allowed { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Forward(x, relu: false);

    /// <summary>
    /// Normalises and, in the same pass over memory, adds a residual and rectifies: faster than the three one
    /// after another, and nothing between them is kept for the backward pass.
    /// </summary>
    /// <param name="x">As for <see cref="Forward(Tensor)"/>.</param>
    /// <param name="relu">Whether max(·, 0) is taken of the result.</param>
    /// <param name="residual">Of x's shape, added before that; or null.</param>
    /// <exception cref="InvalidInputException">The shapes do not fit.</exception>
    public Tensor Forward(Tensor x, bool relu, Tensor? residual = null)
    {
        Throw.Unless(Takes(x.Rank) && x.Shape[1] == NumFeatures, GetType().Name, $"a tensor {x.Shape}",
            $"{Allowed} with C = {NumFeatures}", "match the layer's channels to the data");
        if (!IsTraining && RunningMean is not null)
            return Ops.BatchNormEvaluate(x, Weight, Bias, RunningMean, RunningVar!, _eps, relu, residual);
        if (!IsTraining || RunningMean is null)
            return Ops.BatchNorm(x, Weight, Bias, epsilon: _eps, relu: relu, residual: residual);
        _batches++;
        return Ops.BatchNorm(
            x, Weight, Bias, RunningMean, RunningVar, _momentum ?? (1.0 / _batches), _eps, relu, residual);
    }

    private protected abstract bool Takes(int rank);

    // The count lives on the host: a step must not launch a kernel for it.
    /// <inheritdoc/>
    protected override void StoreBuffers() => _batchesTracked?.Data.CopyFrom<int>([_batches]);

    /// <inheritdoc/>
    protected override void BuffersLoaded() => _batches = _batchesTracked?.ToArray<int>()[0] ?? 0;
}
