using System.Globalization;
using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Layers one after another. Each intermediate result is given up as soon as the next layer has consumed it;
/// what the backward pass needs of it, it has saved. The input stays the caller's. A batch normalisation and a
/// <see cref="Relu"/> after it run as one pass.
/// </summary>
public sealed class Sequential : Module
{
    private readonly Module[] _layers;

    /// <summary>Layers under the names "0", "1", ….</summary>
    public Sequential(params Module[] layers)
        : this([.. layers.Select((layer, i) => (i.ToString(CultureInfo.InvariantCulture), layer))])
    {
    }

    /// <summary>Layers under names of their own.</summary>
    /// <exception cref="InvalidInputException">A name is taken, empty or dotted.</exception>
    public Sequential(params (string Name, Module Layer)[] layers)
    {
        foreach (var (name, layer) in layers)
            RegisterModule(name, layer);
        _layers = [.. layers.Select(l => l.Layer)];
    }

    /// <summary>Number of layers.</summary>
    public int Count => _layers.Length;

    /// <summary>A layer by its position.</summary>
    public Module this[int index] => _layers[index];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        var current = x;
        for (var i = 0; i < _layers.Length; i++)
        {
            var rectified = i + 1 < _layers.Length && _layers[i + 1] is Relu;
            Tensor next;
            if (rectified && _layers[i] is BatchNormLayer norm)
            {
                next = norm.Forward(current, relu: true);
                i++;
            }
            else
            {
                next = _layers[i].Forward(current);
            }

            // A layer may hand back its input (dropout in evaluation) or something that others own.
            if (next != current && current != x && current is not Parameter)
                current.Dispose();
            current = next;
        }

        return current;
    }
}
