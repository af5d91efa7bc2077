using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>
/// The backward pass: nodes in descending order of their calls, so that a node runs once, after every
/// gradient of its result has been added. Broadcasting is undone here, once, for every operation.
/// </summary>
internal static class BackwardWalk
{
    internal static void Run(Tensor root, Tensor? gradient, bool retainGraph)
    {
        var start = root.Node;
        Throw.Unless(start is not null, "backward", $"a tensor {root.Shape} without history",
            "the result of operations on tensors that require gradients",
            "set RequiresGrad on the inputs, outside NoGrad");
        Throw.Unless(gradient is not null || root.Length == 1, "backward", $"a tensor {root.Shape}",
            "a single element, or any tensor together with its gradient", "sum it or give the gradient");
        Throw.Unless(gradient is null || gradient.Shape == root.Shape, "backward",
            $"a gradient {gradient?.Shape} for {root.Shape}", "equal shapes", "reshape the gradient");

        using var noGrad = GradMode.NoGrad();
        var pending = new Dictionary<Node, Tensor>();
        var queue = new PriorityQueue<Node, long>();
        pending[start] = gradient?.Detach() ?? Tensor.Ones(root.Shape, root.DType, root.Device);
        queue.Enqueue(start, -start.Sequence);
        while (queue.TryDequeue(out var node, out _))
        {
            pending.Remove(node, out var dy);
            node.Rule.IsRetained = retainGraph;
            Step(node, dy!, pending, queue);
            dy!.Dispose();
            if (!retainGraph)
                node.Rule.Release();
        }
    }

    private static void Step(
        Node node, Tensor dy, Dictionary<Node, Tensor> pending, PriorityQueue<Node, long> queue)
    {
        node.Rule.CheckUsable();
        var gradients = node.Rule.Backward(dy);
        for (var i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is not { } gradient)
                continue;
            var edge = node.Inputs[i];
            if (AnomalyMode.IsEnabled)
                AnomalyMode.Check(gradient, node.Rule.Name, $"gradient of input {i}", node.MadeAt);
            gradient = Unbroadcast(gradient, edge.Shape);
            if (edge.Leaf is { } leaf)
                Accumulate(leaf, gradient);
            else if (edge.Node is { } next)
                Add(next, gradient, pending, queue);
            else
                gradient.Dispose();
        }
    }

    private static Tensor Unbroadcast(Tensor gradient, Shape shape)
    {
        if (gradient.Shape == shape)
            return gradient;
        var reduced = Broadcasting.SumTo(gradient, shape);
        gradient.Dispose();
        return reduced;
    }

    private static void Add(
        Node node, Tensor gradient, Dictionary<Node, Tensor> pending, PriorityQueue<Node, long> queue)
    {
        if (pending.TryGetValue(node, out var sum))
        {
            pending[node] = Broadcasting.Accumulate(sum, gradient);
            return;
        }

        pending[node] = gradient;
        queue.Enqueue(node, -node.Sequence);
    }

    // Gradients of leaves outlive the scope of the step that computed them.
    private static void Accumulate(Tensor leaf, Tensor gradient)
    {
        leaf.Grad = TensorScope.Detach(
            leaf.Grad is { } sum ? Broadcasting.Accumulate(sum, gradient) : gradient);
        leaf.Grad.Data.MarkRole(MemoryRole.Gradients);
    }
}
