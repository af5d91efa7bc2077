using System.Runtime.CompilerServices;

namespace Spectral.Autograd;

/// <summary>Records operations. Every op ends with a call to <see cref="Record"/>.</summary>
public static class Tape
{
    private static long _sequence;

    [ThreadStatic]
    private static Watch? _watch;

    /// <summary>Sees every call of an operation: its result, its inputs, and its rule if it is recorded.</summary>
    internal delegate void Watch(
        Tensor result, ReadOnlySpan<Tensor> inputs, BackwardRule? rule, string operation);

    /// <summary>Shows the calls that an action makes on this thread.</summary>
    internal static void Watching(Watch watch, Action action)
    {
        var before = _watch;
        _watch = watch;
        try
        {
            action();
        }
        finally
        {
            _watch = before;
        }
    }

    /// <summary>
    /// Gives <paramref name="result"/> its history, if gradients are on and an input requires one; the
    /// rule is only made then.
    /// </summary>
    /// <param name="result">The new tensor that the operation computed.</param>
    /// <param name="inputs">Its inputs, in the order in which the rule returns their gradients.</param>
    /// <param name="rule">Makes the rule, saving what it needs.</param>
    /// <param name="operation">Named by anomaly mode when nothing is recorded.</param>
    /// <returns><paramref name="result"/>.</returns>
    public static Tensor Record(
        Tensor result, ReadOnlySpan<Tensor> inputs, Func<BackwardRule> rule,
        [CallerMemberName] string operation = "")
    {
        var recording = false;
        foreach (var input in inputs)
            recording |= input.RequiresGrad;
        if (!recording || !GradMode.IsEnabled)
        {
            if (AnomalyMode.IsEnabled)
                AnomalyMode.Check(result, operation, "result", null);
            _watch?.Invoke(result, inputs, null, operation);
            return result;
        }

        var made = rule();
        made.SetNeeds(inputs);
        var edges = new Edge[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            var (input, node) = (inputs[i], inputs[i].Node);
            edges[i] = new Edge(node, node is null && input.RequiresGrad ? input : null, input.Shape);
        }

        var madeAt = AnomalyMode.IsEnabled ? Environment.StackTrace : null;
        result.Node = new Node(made, edges, Interlocked.Increment(ref _sequence), madeAt);
        if (AnomalyMode.IsEnabled)
            AnomalyMode.Check(result, made.Name, "result", madeAt);
        _watch?.Invoke(result, inputs, made, made.Name);
        return result;
    }
}
