using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Base of layers and models: a function of one tensor together with its parameters, buffers and child
/// modules. A subclass registers each of them by name in its constructor; the names, joined by dots, are
/// the keys of the state dict and agree with PyTorch's.
/// </summary>
public abstract partial class Module : IDisposable
{
    private readonly OrderedDictionary<string, Parameter> _parameters = [];
    private readonly OrderedDictionary<string, Tensor> _buffers = [];
    private readonly OrderedDictionary<string, Module> _children = [];

    /// <summary>Whether the module is in training mode, the mode it is made in.</summary>
    public bool IsTraining { get; private set; } = true;

    /// <summary>Child modules with their names, in the order of their registration.</summary>
    public IReadOnlyDictionary<string, Module> Children => _children;

    /// <summary>Applies the module.</summary>
    /// <param name="x">Input; each layer documents its shape.</param>
    /// <returns>The result; <paramref name="x"/> itself where there is nothing to do.</returns>
    public abstract Tensor Forward(Tensor x);

    /// <summary>
    /// Puts the module and all below it into training mode, or with false into evaluation mode.
    /// </summary>
    /// <returns>This module.</returns>
    public Module Train(bool mode = true)
    {
        IsTraining = mode;
        foreach (var child in _children.Values)
            child.Train(mode);
        return this;
    }

    /// <summary>Puts the module and all below it into evaluation mode.</summary>
    /// <returns>This module.</returns>
    public Module Eval() => Train(false);

    /// <summary>Calls an action with every module below this one, then with this one.</summary>
    /// <returns>This module.</returns>
    public Module Apply(Action<Module> action)
    {
        foreach (var child in _children.Values)
            child.Apply(action);
        action(this);
        return this;
    }

    /// <summary>
    /// Parameters with their dotted names: a module's own first, then its children's. One that is registered
    /// twice is listed once, under its first name.
    /// </summary>
    public IEnumerable<KeyValuePair<string, Parameter>> NamedParameters()
    {
        var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
        foreach (var (prefix, module) in NamedModules())
            foreach (var (name, parameter) in module._parameters)
                if (seen.Add(parameter))
                    yield return new(prefix + name, parameter);
    }

    /// <summary>The parameters, in the order of <see cref="NamedParameters"/>.</summary>
    public IEnumerable<Parameter> Parameters() => NamedParameters().Select(p => p.Value);

    /// <summary>Buffers (values that are saved but not trained) with their dotted names.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> NamedBuffers()
    {
        foreach (var (prefix, module) in NamedModules())
        {
            module.StoreBuffers();
            foreach (var (name, buffer) in module._buffers)
                yield return new(prefix + name, buffer);
        }
    }

    /// <summary>Frees the gradients of all parameters.</summary>
    public void ZeroGrad()
    {
        foreach (var parameter in Parameters())
            parameter.ZeroGrad();
    }

    /// <summary>Frees parameters, their gradients and buffers, here and in all modules below.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the module holds; overriders call the base.</summary>
    /// <param name="disposing">Whether called from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        foreach (var parameter in _parameters.Values)
        {
            parameter.ZeroGrad();
            parameter.Dispose();
        }

        foreach (var buffer in _buffers.Values)
            buffer.Dispose();
        foreach (var child in _children.Values)
            child.Dispose();
    }

    /// <summary>Registers a parameter under a name without dots.</summary>
    /// <returns>The parameter.</returns>
    /// <exception cref="InvalidInputException">The name is taken, empty or dotted.</exception>
    protected Parameter RegisterParameter(string name, Parameter parameter)
    {
        CheckName(name);
        _parameters.Add(name, parameter);
        return parameter;
    }

    /// <summary>Registers a buffer, which from now on no <see cref="TensorScope"/> frees.</summary>
    /// <returns>The buffer.</returns>
    /// <exception cref="InvalidInputException">The name is taken, empty or dotted.</exception>
    protected Tensor RegisterBuffer(string name, Tensor buffer)
    {
        CheckName(name);
        _buffers.Add(name, TensorScope.Detach(buffer));
        buffer.Data.MarkRole(MemoryRole.Parameters);
        return buffer;
    }

    /// <summary>Registers a child module, which this one now owns.</summary>
    /// <returns>The child.</returns>
    /// <exception cref="InvalidInputException">The name is taken, empty or dotted.</exception>
    protected TModule RegisterModule<TModule>(string name, TModule child) where TModule : Module
    {
        CheckName(name);
        _children.Add(name, child);
        return child;
    }

    /// <summary>Called before buffers are read; brings up to date those that live on the host.</summary>
    protected virtual void StoreBuffers()
    {
    }

    /// <summary>Called after a state dict was loaded into this module's own buffers.</summary>
    protected virtual void BuffersLoaded()
    {
    }

    /// <summary>Parameters registered here, not below.</summary>
    internal IEnumerable<Parameter> OwnParameters => _parameters.Values;

    /// <summary>Tells every module that its buffers hold other values now.</summary>
    internal void BuffersRestored() => Apply(module => module.BuffersLoaded());

    /// <summary>This module and all below it, each with its dotted name and a dot.</summary>
    internal IEnumerable<(string Prefix, Module Module)> NamedModules(string prefix = "")
    {
        yield return (prefix, this);
        foreach (var (name, child) in _children)
            foreach (var below in child.NamedModules($"{prefix}{name}."))
                yield return below;
    }

    private void CheckName(string name)
    {
        Throw.Unless(name is { Length: > 0 } && !name.Contains('.'), GetType().Name, $"the name '{name}'",
            "names of 1 character or more without dots", "choose another name");
        Throw.Unless(
            !_parameters.ContainsKey(name) && !_buffers.ContainsKey(name) && !_children.ContainsKey(name),
            GetType().Name, $"the name '{name}' a second time", "each name once", "choose another name");
    }
}
