namespace Spectral.Autograd;

/// <summary>One recorded call: its rule and where its inputs' gradients go.</summary>
internal sealed class Node(BackwardRule rule, Edge[] inputs, long sequence, string? madeAt)
{
    internal BackwardRule Rule { get; } = rule;

    internal Edge[] Inputs { get; } = inputs;

    /// <summary>Grows with every call: descending order is a reverse topological one.</summary>
    internal long Sequence { get; } = sequence;

    /// <summary>Call stack of the forward call, in anomaly mode.</summary>
    internal string? MadeAt { get; } = madeAt;
}

/// <summary>Where the gradient of an input goes: to the node that made it, or into a leaf.</summary>
/// <param name="Node">The node that made the input, or null.</param>
/// <param name="Leaf">The leaf that gathers the gradient, or null.</param>
/// <param name="Shape">Shape of the input.</param>
internal readonly record struct Edge(Node? Node, Tensor? Leaf, Shape Shape);
