using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>
    /// Normalises each channel of a batch by the batch's own mean and biased variance; where wanted, adds a
    /// residual and takes max(·, 0) in the same pass over memory.
    /// </summary>
    /// <param name="x">[N, C] or [N, C, …].</param>
    /// <param name="gamma">[C], or null for 1.</param>
    /// <param name="beta">[C], or null for 0.</param>
    /// <param name="runningMean">[C], moved by <paramref name="factor"/> towards the mean; or null.</param>
    /// <param name="runningVar">[C], moved likewise towards the unbiased variance; or null.</param>
    /// <param name="factor">Weight of this batch in the running statistics.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="relu">Whether the result is rectified.</param>
    /// <param name="residual">Of x's shape, added before that; or null.</param>
    /// <exception cref="InvalidInputException">
    /// The shapes do not fit, or a channel has one element.
    /// </exception>
    public static Tensor BatchNorm(
        Tensor x, Tensor? gamma, Tensor? beta, Tensor? runningMean = null, Tensor? runningVar = null,
        double factor = 0.1, double epsilon = 1e-5, bool relu = false, Tensor? residual = null)
    {
        var shape = ChannelShape(x);
        Tensor mean = Tensor.Like(x, [shape.Channels]), invStd = Tensor.Like(x, [shape.Channels]);
        Kernels.BatchNorm.Moments(
            x.Data, shape, epsilon, mean.Data, invStd.Data, runningMean?.Data, runningVar?.Data, factor);
        return Normalise(x, gamma, beta, residual, relu, new(shape, mean, invStd, OfBatch: true));
    }

    /// <summary>
    /// As <see cref="BatchNorm"/>, by given statistics, which are constants.
    /// </summary>
    /// <param name="x">[N, C] or [N, C, …].</param>
    /// <param name="gamma">[C], or null for 1.</param>
    /// <param name="beta">[C], or null for 0.</param>
    /// <param name="mean">[C].</param>
    /// <param name="variance">[C].</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="relu">Whether the result is rectified.</param>
    /// <param name="residual">Of x's shape, added before that; or null.</param>
    /// <exception cref="InvalidInputException">The shapes do not fit.</exception>
    public static Tensor BatchNormEvaluate(
        Tensor x, Tensor? gamma, Tensor? beta, Tensor mean, Tensor variance, double epsilon = 1e-5,
        bool relu = false, Tensor? residual = null)
    {
        var invStd = Tensor.Like(variance);
        Kernels.BatchNorm.InvStd(variance.Data, epsilon, invStd.Data);
        return Normalise(
            x, gamma, beta, residual, relu, new(ChannelShape(x), mean.Detach(), invStd, OfBatch: false));
    }

    // Takes over the statistics.
    private static Tensor Normalise(
        Tensor x, Tensor? gamma, Tensor? beta, Tensor? residual, bool relu, NormStatistics by)
    {
        Throw.Unless(gamma is null == beta is null, "batchnorm", gamma is null ? "beta alone" : "gamma alone",
            "both or neither", "pass ones for gamma or zeros for beta");
        Throw.Unless(residual is null || residual.Shape == x.Shape, "batchnorm",
            $"a residual {residual?.Shape}", $"{x.Shape}, as the input", "give it the input's shape");
        var y = Tensor.Like(x, operation: "batchnorm");
        Kernels.BatchNorm.Normalise(
            x.Data, y.Data, by.Shape, by.Mean.Data, by.InvStd.Data, gamma?.Data, beta?.Data, relu,
            residual?.Data);
        Tensor?[] inputs = [x, gamma, beta, residual];
        Tape.Record(y, [.. inputs.OfType<Tensor>()],
            () => new BatchNormRule(x, gamma, beta, by, relu, residual is null ? null : y));
        by.Mean.Dispose();
        by.InvStd.Dispose();
        return y;
    }

    private static NormShape ChannelShape(Tensor x)
    {
        Throw.Unless(x.Rank >= 2, "batchnorm", $"a tensor {x.Shape}", "[N, C] or [N, C, …]", "reshape it");
        var inner = 1;
        for (var axis = 2; axis < x.Rank; axis++)
            inner *= x.Shape[axis];
        return new NormShape(x.Shape[0], x.Shape[1], inner);
    }

    private readonly record struct NormStatistics(NormShape Shape, Tensor Mean, Tensor InvStd, bool OfBatch);

    private sealed class BatchNormRule : BackwardRule
    {
        private readonly NormStatistics _by;
        private readonly bool _relu, _hasResidual;
        private readonly Tensor _x;
        private readonly Tensor? _gamma, _beta, _y;

        // A rectifier's mask is made again of the input; that of a sum with a residual is read off the result.
        public BatchNormRule(
            Tensor x, Tensor? gamma, Tensor? beta, NormStatistics by, bool relu, Tensor? sum)
        {
            _by = by with { Mean = Save(by.Mean), InvStd = Save(by.InvStd) };
            (_relu, _hasResidual, _x) = (relu, sum is not null, Save(x));
            _gamma = gamma is null ? null : Save(gamma);
            _beta = beta is null ? null : Save(beta);
            _y = relu && sum is not null ? Save(sum) : null;
        }

        public override string Name => "batchnorm";

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            using var dSum = _y is null ? dy.Detach() : Tensor.Like(dy);
            if (_y is not null)
                Unary.Gradient(UnaryKind.Relu, _y.Data, _y.Data, dy.Data, dSum.Data);
            var dx = Needs(0) ? Tensor.Like(dy) : null;
            Tensor dGamma = Tensor.Like(_by.Mean), dBeta = Tensor.Like(_by.Mean);
            Kernels.BatchNorm.Gradient(
                _x.Data, dSum.Data, _by.Shape, _by.Mean.Data, _by.InvStd.Data, _gamma?.Data, _beta?.Data,
                _relu && _y is null, _by.OfBatch, dx?.Data, dGamma.Data, dBeta.Data);
            var gradients = new List<Tensor?> { dx };
            if (_gamma is not null)
                gradients.AddRange([dGamma, dBeta]);
            else
            {
                dGamma.Dispose();
                dBeta.Dispose();
            }

            if (_hasResidual)
                gradients.Add(Needs(InputCount - 1) ? dSum.Detach() : null);
            return [.. gradients];
        }
    }
}
