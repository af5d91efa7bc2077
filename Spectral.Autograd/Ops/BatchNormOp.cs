using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>Normalises each channel of a batch by the batch's own mean and biased variance.</summary>
    /// <param name="x">[N, C] or [N, C, …].</param>
    /// <param name="gamma">[C], or null for 1.</param>
    /// <param name="beta">[C], or null for 0.</param>
    /// <param name="runningMean">[C], moved by <paramref name="factor"/> towards the mean; or null.</param>
    /// <param name="runningVar">[C], moved likewise towards the unbiased variance; or null.</param>
    /// <param name="factor">Weight of this batch in the running statistics.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <exception cref="InvalidInputException">
    /// The shapes do not fit, or a channel has one element.
    /// </exception>
    public static Tensor BatchNorm(
        Tensor x, Tensor? gamma, Tensor? beta, Tensor? runningMean = null, Tensor? runningVar = null,
        double factor = 0.1, double epsilon = 1e-5)
    {
        var shape = ChannelShape(x);
        Tensor mean = Tensor.Like(x, [shape.Channels]), invStd = Tensor.Like(x, [shape.Channels]);
        Kernels.BatchNorm.Moments(
            x.Data, shape, epsilon, mean.Data, invStd.Data, runningMean?.Data, runningVar?.Data, factor);
        return Normalise(x, gamma, beta, shape, mean, invStd, ofBatch: true);
    }

    /// <summary>Normalises each channel by given statistics, which are constants.</summary>
    /// <param name="x">[N, C] or [N, C, …].</param>
    /// <param name="gamma">[C], or null for 1.</param>
    /// <param name="beta">[C], or null for 0.</param>
    /// <param name="mean">[C].</param>
    /// <param name="variance">[C].</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <exception cref="InvalidInputException">The shapes do not fit.</exception>
    public static Tensor BatchNormEvaluate(
        Tensor x, Tensor? gamma, Tensor? beta, Tensor mean, Tensor variance, double epsilon = 1e-5)
    {
        var invStd = Tensor.Like(variance);
        Kernels.BatchNorm.InvStd(variance.Data, epsilon, invStd.Data);
        return Normalise(x, gamma, beta, ChannelShape(x), mean.Detach(), invStd, ofBatch: false);
    }

    // Takes over mean and invStd.
    private static Tensor Normalise(
        Tensor x, Tensor? gamma, Tensor? beta, NormShape shape, Tensor mean, Tensor invStd, bool ofBatch)
    {
        Throw.Unless(gamma is null == beta is null, "batchnorm", gamma is null ? "beta alone" : "gamma alone",
            "both or neither", "pass ones for gamma or zeros for beta");
        var y = Tensor.Like(x, operation: "batchnorm");
        Kernels.BatchNorm.Normalise(
            x.Data, y.Data, shape, mean.Data, invStd.Data, gamma?.Data, beta?.Data);
        Tape.Record(y, gamma is null || beta is null ? [x] : [x, gamma, beta],
            () => new BatchNormRule(x, gamma, shape, mean, invStd, ofBatch));
        mean.Dispose();
        invStd.Dispose();
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

    private sealed class BatchNormRule : BackwardRule
    {
        private readonly NormShape _shape;
        private readonly bool _ofBatch;
        private readonly Tensor _x, _mean, _invStd;
        private readonly Tensor? _gamma;

        public BatchNormRule(
            Tensor x, Tensor? gamma, NormShape shape, Tensor mean, Tensor invStd, bool ofBatch)
        {
            (_shape, _ofBatch) = (shape, ofBatch);
            (_x, _mean, _invStd) = (Save(x), Save(mean), Save(invStd));
            _gamma = gamma is null ? null : Save(gamma);
        }

        public override string Name => "batchnorm";

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            var dx = Needs(0) ? Tensor.Like(dy) : null;
            Tensor dGamma = Tensor.Like(_mean), dBeta = Tensor.Like(_mean);
            Kernels.BatchNorm.Gradient(
                _x.Data, dy.Data, _shape, _mean.Data, _invStd.Data, _gamma?.Data, _ofBatch, dx?.Data,
                dGamma.Data, dBeta.Data);
            if (_gamma is not null)
                return [dx, dGamma, dBeta];
            dGamma.Dispose();
            dBeta.Dispose();
            return [dx];
        }
    }
}
