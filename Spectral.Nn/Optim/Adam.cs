using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>Adam (Kingma and Ba 2015), as PyTorch's <c>Adam</c>: weight decay goes through the gradient.</summary>
public class Adam : Optimizer
{
    private readonly double _beta1, _beta2, _epsilon, _weightDecay;
    private readonly bool _decoupled;

    /// <summary>Takes the parameters to optimise.</summary>
    /// <param name="parameters">At least one.</param>
    /// <param name="lr">Learning rate.</param>
    /// <param name="beta1">Decay of the first moment, 0 … 1.</param>
    /// <param name="beta2">Decay of the second moment, 0 … 1.</param>
    /// <param name="eps">Added to the root of the second moment.</param>
    /// <param name="weightDecay">L2 penalty.</param>
    /// <exception cref="InvalidInputException">A number is out of range.</exception>
    public Adam(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
        double eps = 1e-8, double weightDecay = 0)
        : this(parameters, lr, beta1, beta2, eps, weightDecay, decoupled: false)
    {
    }

    private protected Adam(
        IEnumerable<Parameter> parameters, double lr, double beta1, double beta2, double eps,
        double weightDecay, bool decoupled)
        : base(parameters, lr)
    {
        Throw.Unless(beta1 is >= 0 and < 1 && beta2 is >= 0 and < 1, GetType().Name, $"betas {beta1}, {beta2}",
            "0 to below 1", "correct them");
        CheckAtLeastZero("epsilon", eps);
        CheckAtLeastZero("weight decay", weightDecay);
        (_beta1, _beta2, _epsilon, _weightDecay, _decoupled) = (beta1, beta2, eps, weightDecay, decoupled);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames => ["firstMoment", "secondMoment"];

    /// <inheritdoc/>
    protected override void Update(IReadOnlyList<PendingUpdate> updates) => Kernels.Update.Adam(
    [
        .. updates.Select(u => new AdamUpdate(
            u.Parameter, u.Gradient, Buffer("firstMoment", u.Index), Buffer("secondMoment", u.Index), StepCount,
            new AdamSettings(LearningRate, _beta1, _beta2, _epsilon, DecayOf(u.Index, _weightDecay), _decoupled))),
    ]);
}

/// <summary>
/// AdamW (Loshchilov and Hutter 2019), as PyTorch's <c>AdamW</c>: weight decay shrinks the parameter itself.
/// </summary>
public sealed class AdamW : Adam
{
    /// <inheritdoc cref="Adam(IEnumerable{Parameter}, double, double, double, double, double)"/>
    public AdamW(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
        double eps = 1e-8, double weightDecay = 1e-2)
        : base(parameters, lr, beta1, beta2, eps, weightDecay, decoupled: true)
    {
    }
}
