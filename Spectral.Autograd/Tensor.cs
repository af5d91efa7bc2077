using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>
/// A dense array on a device, row-major and contiguous, with the history that gradients need. The memory
/// is freed by <see cref="Dispose"/>, by the <see cref="TensorScope"/> it was made in, or at last by the
/// garbage collector; memory shared with other holders (a saved tensor, a reshaped one) lives as long as
/// the last of them.
/// </summary>
public partial class Tensor : IDisposable
{
    private bool _requiresGrad;

    /// <summary>Wraps memory that the tensor now owns one reference of.</summary>
    /// <exception cref="InvalidInputException">The memory has another length than the shape.</exception>
    public Tensor(DeviceArray data, Shape shape)
    {
        Throw.Unless(data.Length == shape.Elements, "tensor", $"{data.Length} elements for shape {shape}",
            $"{shape.Elements}", "give memory and shape that agree");
        Data = data;
        Shape = shape;
        TensorScope.Register(this);
    }

    /// <summary>The memory, row-major.</summary>
    public DeviceArray Data { get; }

    /// <summary>Extents, outermost first.</summary>
    public Shape Shape { get; }

    /// <summary>Number of axes.</summary>
    public int Rank => Shape.Rank;

    /// <summary>Number of elements.</summary>
    public int Length => Shape.Elements;

    /// <summary>Element type.</summary>
    public DType DType => Data.DType;

    /// <summary>Device that holds the memory.</summary>
    public ComputeDevice Device => Data.Device;

    /// <summary>
    /// Whether gradients flow to this tensor. Set it on tensors that no operation made (leaves); on
    /// others it follows from their inputs.
    /// </summary>
    /// <exception cref="InvalidInputException">Set on a tensor that is no leaf, or on integers.</exception>
    public bool RequiresGrad
    {
        get => _requiresGrad || Node is not null;
        set
        {
            Throw.Unless(Node is null, "requiresGrad", "the result of an operation", "a leaf tensor",
                "use Detach() to stop gradients");
            Throw.Unless(!value || DType.IsReal(), "requiresGrad", $"a tensor of {DType}", "Float32 or Float64",
                "convert it first");
            _requiresGrad = value;
        }
    }

    /// <summary>Gradient gathered by <see cref="Backward"/>; null before. Only leaves keep one.</summary>
    public Tensor? Grad { get; set; }

    internal Node? Node { get; set; }

    /// <summary>
    /// Runs the backward pass from here: gradients are added into <see cref="Grad"/> of every leaf that
    /// requires one, and the tensors saved on the way are freed.
    /// </summary>
    /// <param name="gradient">Gradient of this tensor, of its shape; may be left out for a single element.</param>
    /// <param name="retainGraph">Keep the saved tensors, so that it can be run again.</param>
    /// <exception cref="InvalidInputException">No history, no scalar, or a history already consumed.</exception>
    public void Backward(Tensor? gradient = null, bool retainGraph = false) =>
        BackwardWalk.Run(this, gradient, retainGraph);

    /// <summary>The same memory without history.</summary>
    public Tensor Detach() => new(Data.AddReference(), Shape);

    /// <summary>Gives up this tensor's reference to its memory and forgets its history.</summary>
    public void Dispose()
    {
        if (IsDisposed)
            return;
        IsDisposed = true;
        Node = null;
        Data.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether <see cref="Dispose"/> was called, by hand or by a scope.</summary>
    public bool IsDisposed { get; private set; }

    /// <inheritdoc/>
    public override string ToString() => $"Tensor{Shape} {DType} on {Device.Info.Id}";
}
