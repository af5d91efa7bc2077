using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>
/// The backward half of an operation: what it saved, and how it turns the gradient of its result into
/// gradients of its inputs. One is made for each recorded call.
/// </summary>
public abstract class BackwardRule
{
    private readonly List<(Tensor Tensor, int Version)> _saved = [];
    private bool[] _needs = [];

    /// <summary>Name of the operation, as errors and reports show it.</summary>
    public abstract string Name { get; }

    /// <summary>Bytes of the tensors saved.</summary>
    public long SavedBytes => _saved.Sum(s => (long)s.Tensor.Length * s.Tensor.DType.SizeOf());

    /// <summary>
    /// Multiply-adds of the forward pass as it ran; 0 for operations that are not made of products.
    /// </summary>
    public virtual double MultiplyAdds => 0;

    /// <summary>The memory saved, which other rules may have saved as well.</summary>
    internal IEnumerable<DeviceArray> SavedMemory => _saved.Select(s => s.Tensor.Data);

    internal bool IsReleased { get; private set; }

    /// <summary>Whether another backward pass may follow this one.</summary>
    internal bool IsRetained { get; set; }

    /// <summary>
    /// Gradients of the inputs, in their order; null for one that <see cref="Needs"/> no gradient. Each is
    /// a new tensor, or <c>dy.Detach()</c> where the gradient passes unchanged, of the shape that its input
    /// was broadcast to; the walk sums it back to the input's own shape.
    /// </summary>
    /// <param name="dy">Gradient of the result, of its shape.</param>
    protected internal abstract Tensor?[] Backward(Tensor dy);

    /// <summary>Whether the input at <paramref name="index"/> needs a gradient.</summary>
    protected bool Needs(int index) => _needs[index];

    /// <summary>Number of inputs.</summary>
    protected int InputCount => _needs.Length;

    /// <summary>Keeps a tensor's memory for the backward pass; call it from the constructor.</summary>
    /// <param name="tensor">What to keep.</param>
    /// <param name="role">As what the pool counts it, unless it has a role already.</param>
    /// <returns>The saved tensor, without history.</returns>
    protected Tensor Save(Tensor tensor, MemoryRole role = MemoryRole.SavedActivations)
    {
        var saved = tensor.Detach();
        if (saved.Data.Role == MemoryRole.Temporary)
            saved.Data.MarkRole(role);
        _saved.Add((saved, saved.Data.Version));
        return saved;
    }

    /// <summary>
    /// Gives up what was saved before the rule is done, to make room for the rest; not where another backward
    /// pass may follow.
    /// </summary>
    /// <param name="saved">What <see cref="Save"/> gave.</param>
    protected void Drop(Tensor saved)
    {
        if (IsRetained)
            return;
        _saved.RemoveAll(s => ReferenceEquals(s.Tensor, saved));
        saved.Dispose();
    }

    internal void SetNeeds(ReadOnlySpan<Tensor> inputs)
    {
        _needs = new bool[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
            _needs[i] = inputs[i].RequiresGrad;
    }

    internal void CheckUsable()
    {
        Throw.Unless(!IsReleased, Name, "a second backward pass through the same history", "one",
            "pass retainGraph: true to the first");
        foreach (var (tensor, version) in _saved)
        {
            Throw.Unless(!tensor.IsDisposed, Name, "a backward pass after its TensorScope was closed",
                "one inside the scope", "call Backward before the scope ends");
            Throw.Unless(tensor.Data.Version == version, Name,
                $"a saved tensor {tensor.Shape} that was changed in place after the forward pass",
                "unchanged inputs", "run the backward pass before the update");
        }
    }

    internal void Release()
    {
        IsReleased = true;
        foreach (var (tensor, _) in _saved)
            tensor.Dispose();
        _saved.Clear();
    }
}
