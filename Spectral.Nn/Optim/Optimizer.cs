using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Base of the optimisers: parameters, a learning rate that schedules set, and the state that a checkpoint
/// keeps. State is allocated at the first step and not after.
/// </summary>
public abstract class Optimizer : IDisposable
{
    private readonly Parameter[] _parameters;
    private readonly Dictionary<string, DeviceArray[]> _state = [];
    private double _learningRate;

    /// <summary>Takes the parameters to optimise.</summary>
    /// <param name="parameters">At least one.</param>
    /// <param name="lr">Learning rate, 0 or more.</param>
    /// <exception cref="InvalidInputException">No parameters, or a number out of range.</exception>
    protected Optimizer(IEnumerable<Parameter> parameters, double lr)
    {
        _parameters = [.. parameters];
        Throw.Unless(_parameters.Length > 0, GetType().Name, "no parameters", "at least one",
            "pass model.Parameters()");
        LearningRate = lr;
    }

    /// <summary>The parameters.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Learning rate of the next step.</summary>
    /// <exception cref="InvalidInputException">Negative or not a number.</exception>
    public double LearningRate
    {
        get => _learningRate;
        set
        {
            CheckAtLeastZero("learning rate", value);
            _learningRate = value;
        }
    }

    /// <summary>
    /// Whether weight decay leaves out parameters of one axis: biases, and scale and shift of batch norms.
    /// PyTorch needs parameter groups for that; the default is to decay all.
    /// </summary>
    public bool DecaysOnlyWeights { get; init; }

    /// <summary>Steps taken.</summary>
    public long StepCount { get; private set; }

    /// <summary>
    /// State arrays by name: the buffer's name, a dot, the position of its parameter. Live, not copies.
    /// </summary>
    public IEnumerable<KeyValuePair<string, DeviceArray>> State =>
        _state.SelectMany(s => s.Value.Select((array, i) => KeyValuePair.Create($"{s.Key}.{i}", array)));

    /// <summary>Updates every parameter that has a gradient.</summary>
    public void Step()
    {
        StepCount++;
        var updates = new List<PendingUpdate>(_parameters.Length);
        for (var i = 0; i < _parameters.Length; i++)
            if (_parameters[i].Grad is { } gradient)
                updates.Add(new PendingUpdate(i, _parameters[i].Data, gradient.Data));
        Update(updates);
    }

    /// <summary>Frees the gradients of all parameters.</summary>
    public void ZeroGrad()
    {
        foreach (var parameter in _parameters)
            parameter.ZeroGrad();
    }

    /// <summary>Takes back a state that <see cref="State"/> and <see cref="StepCount"/> gave.</summary>
    /// <param name="stepCount">Steps taken.</param>
    /// <param name="state">
    /// Fills the array of a name and returns true, or returns false where the state has none.
    /// </param>
    public void LoadState(long stepCount, Func<string, DeviceArray, bool> state)
    {
        StepCount = stepCount;
        if (stepCount == 0)
        {
            FreeState();
            StateFreed();
            return;
        }

        StateLoaded();
        foreach (var name in StateNames)
            for (var i = 0; i < _parameters.Length; i++)
            {
                var key = $"{name}.{i}";
                Throw.Unless(state(key, Buffer(name, i)), GetType().Name, $"a state without '{key}'",
                    "the state of the same optimiser over the same parameters",
                    "resume with the options of the first run");
            }
    }

    /// <summary>Frees the state.</summary>
    public void Dispose()
    {
        FreeState();
        GC.SuppressFinalize(this);
    }

    /// <summary>Names of the state buffers that each parameter has.</summary>
    protected abstract IReadOnlyList<string> StateNames { get; }

    /// <summary>Called when a state with steps behind it is loaded.</summary>
    protected virtual void StateLoaded()
    {
    }

    /// <summary>Called when a state without steps is loaded: the next step is the first.</summary>
    protected virtual void StateFreed()
    {
    }

    /// <summary>The weight decay of a parameter, as <see cref="DecaysOnlyWeights"/> says.</summary>
    /// <param name="index">Its position.</param>
    /// <param name="weightDecay">That of the weights.</param>
    protected double DecayOf(int index, double weightDecay) =>
        DecaysOnlyWeights && _parameters[index].Rank <= 1 ? 0 : weightDecay;

    /// <summary>Updates parameters in place.</summary>
    /// <param name="updates">Those that have a gradient, in order.</param>
    protected abstract void Update(IReadOnlyList<PendingUpdate> updates);

    /// <summary>State of a parameter, all zero at first.</summary>
    protected DeviceArray Buffer(string name, int index)
    {
        if (!_state.TryGetValue(name, out var arrays))
            _state[name] = arrays = [.. _parameters.Select(Zeros)];
        return arrays[index];
    }

    /// <summary>Refuses a negative number.</summary>
    protected void CheckAtLeastZero(string what, double value) => Throw.Unless(
        value >= 0 && double.IsFinite(value), GetType().Name, $"a {what} of {value}", "0 or more", "correct it");

    /// <summary>A parameter and what it is to follow.</summary>
    /// <param name="Index">Its position.</param>
    /// <param name="Parameter">Its values.</param>
    /// <param name="Gradient">Its gradient.</param>
    protected readonly record struct PendingUpdate(int Index, DeviceArray Parameter, DeviceArray Gradient);

    private void FreeState()
    {
        foreach (var arrays in _state.Values)
            foreach (var array in arrays)
                array.Dispose();
        _state.Clear();
    }

    private static DeviceArray Zeros(Parameter parameter)
    {
        var array = new DeviceArray(parameter.Device, parameter.DType, parameter.Length, "optimizer");
        array.Clear();
        return array.MarkRole(MemoryRole.OptimizerState);
    }
}
