using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>Stochastic gradient descent with momentum, as PyTorch's <c>SGD</c>.</summary>
public sealed class Sgd : Optimizer
{
    private readonly double _momentum, _dampening, _weightDecay;
    private readonly bool _nesterov;
    private readonly HashSet<int> _started = [];

    /// <summary>Takes the parameters to optimise.</summary>
    /// <param name="parameters">At least one.</param>
    /// <param name="lr">Learning rate.</param>
    /// <param name="momentum">Decay of the momentum buffer; 0 for none.</param>
    /// <param name="dampening">Share of the gradient withheld from the buffer.</param>
    /// <param name="weightDecay">L2 penalty.</param>
    /// <param name="nesterov">Nesterov's momentum; needs a momentum and no dampening.</param>
    /// <exception cref="InvalidInputException">A number is out of range.</exception>
    public Sgd(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0, double dampening = 0,
        double weightDecay = 0, bool nesterov = false)
        : base(parameters, lr)
    {
        CheckAtLeastZero("momentum", momentum);
        CheckAtLeastZero("weight decay", weightDecay);
        Throw.Unless(!nesterov || (momentum > 0 && dampening == 0), nameof(Sgd),
            $"Nesterov with momentum {momentum} and dampening {dampening}", "a momentum and no dampening",
            "correct the options");
        (_momentum, _dampening, _weightDecay, _nesterov) = (momentum, dampening, weightDecay, nesterov);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames => _momentum == 0 ? [] : ["momentum"];

    /// <inheritdoc/>
    protected override void StateLoaded() => _started.UnionWith(Enumerable.Range(0, Parameters.Count));

    /// <inheritdoc/>
    protected override void StateFreed() => _started.Clear();

    /// <inheritdoc/>
    protected override void Update(IReadOnlyList<PendingUpdate> updates) => Kernels.Update.Sgd(
    [
        .. updates.Select(u => new SgdUpdate(
            u.Parameter, u.Gradient, _momentum == 0 ? null : Buffer("momentum", u.Index), _started.Add(u.Index),
            new SgdSettings(LearningRate, _momentum, _dampening, DecayOf(u.Index, _weightDecay), _nesterov))),
    ]);
}
