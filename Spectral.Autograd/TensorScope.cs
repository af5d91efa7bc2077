namespace Spectral.Autograd;

/// <summary>
/// Frees every tensor that was made inside it, in one place and at a known moment:
/// <c>using var scope = new TensorScope();</c>. Scopes nest; each belongs to the thread that opened it.
/// Parameters and gradients of parameters are never freed by a scope.
/// </summary>
public sealed class TensorScope : IDisposable
{
    [ThreadStatic]
    private static TensorScope? _current;

    private readonly TensorScope? _outer;
    private readonly List<Tensor> _tensors = [];
    private bool _disposed;

    /// <summary>Opens a scope on this thread.</summary>
    public TensorScope()
    {
        _outer = _current;
        _current = this;
    }

    /// <summary>Hands a tensor to the enclosing scope, or to nobody when there is none.</summary>
    /// <returns>The tensor.</returns>
    public Tensor Keep(Tensor tensor)
    {
        if (_tensors.Remove(tensor))
            _outer?._tensors.Add(tensor);
        return tensor;
    }

    /// <summary>Frees the tensors made inside and not kept.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _current = _outer;
        for (var i = _tensors.Count - 1; i >= 0; i--)
            _tensors[i].Dispose();
        _tensors.Clear();
    }

    internal static void Register(Tensor tensor) => _current?._tensors.Add(tensor);

    /// <summary>Takes a tensor out of every open scope: it now lives until it is disposed.</summary>
    internal static Tensor Detach(Tensor tensor)
    {
        for (var scope = _current; scope is not null; scope = scope._outer)
            if (scope.RemoveLast(tensor))
                break;
        return tensor;
    }

    // Tensors are detached soon after they were made, so the search starts at the end.
    private bool RemoveLast(Tensor tensor)
    {
        var index = _tensors.LastIndexOf(tensor);
        if (index >= 0)
            _tensors.RemoveAt(index);
        return index >= 0;
    }
}
