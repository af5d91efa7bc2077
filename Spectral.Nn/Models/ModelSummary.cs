using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// What a model does to one input, operation by operation: shapes, parameters, arithmetic, bands and the
/// memory kept for the backward pass. It comes from a real pass forward and back, so that it holds for any
/// model.
/// </summary>
/// <param name="Rows">The operations in the order of their calls.</param>
/// <param name="Peak">
/// Device memory at the peak of the pass, by role: that of a training step but for the optimiser's state.
/// </param>
public sealed record ModelSummary(IReadOnlyList<ModelSummary.Row> Rows, MemoryByRole Peak)
{
    /// <summary>One call of an operation.</summary>
    /// <param name="Layer">
    /// Dotted name of the module that owns the operation's parameters; empty for one without.
    /// </param>
    /// <param name="Type">Type of that module, else name of the operation.</param>
    /// <param name="OutputShape">Shape of the result, the batch first.</param>
    /// <param name="Parameters">Parameters of the layer, counted at its first call.</param>
    /// <param name="MultiplyAdds">
    /// Multiply-adds of convolutions and matrix products as they ran: for a band-limited layer those of its
    /// transforms and complex products (four each). Other operations count as 0.
    /// </param>
    /// <param name="Kept">Spectrum elements of one sample's input that are kept; 0 without a band.</param>
    /// <param name="SpectrumElements">All of them; 0 without a band.</param>
    /// <param name="SavedBytes">
    /// Bytes kept for the backward pass, parameters apart; memory that two operations keep counts for the
    /// first.
    /// </param>
    public sealed record Row(
        string Layer, string Type, int[] OutputShape, long Parameters, double MultiplyAdds, long Kept,
        long SpectrumElements, long SavedBytes);

    /// <summary>Parameters in all.</summary>
    public long Parameters => Rows.Sum(r => r.Parameters);

    /// <summary>Multiply-adds of the forward pass.</summary>
    public double MultiplyAdds => Rows.Sum(r => r.MultiplyAdds);

    /// <summary>Bytes kept for the backward pass, parameters apart.</summary>
    public long SavedBytes => Rows.Sum(r => r.SavedBytes);

    /// <summary>Runs a model once on zeros, as in training, and tells what happened.</summary>
    /// <param name="model">
    /// The model. Values, statistics, gradients and mode are afterwards what they were; the pool's peak starts
    /// anew.
    /// </param>
    /// <param name="inputShape">The batch first: [1, 3, 32, 32] for an image.</param>
    /// <exception cref="InvalidInputException">The model does not take such an input.</exception>
    public static ModelSummary Of(Module model, params ReadOnlySpan<int> inputShape)
    {
        Throw.Unless(inputShape.Length >= 2, "summary", $"an input of {inputShape.Length} axes",
            "2 or more, the batch first", "give the batch as well, 1 for one sample");
        Shape shape = inputShape.ToArray();
        using var state = new KeptState(model);
        using var scope = new TensorScope();
        var rows = new SummaryRows(model);
        var first = model.Parameters().FirstOrDefault();
        var device = first?.Device ?? ComputeDevice.Default;
        var x = Tensor.Zeros(shape, first?.DType ?? DType.Float32, device);
        device.Pool.ResetPeak();
        model.Train();
        Tensor? y = null;
        Tape.Watching(rows.Add, () => y = model.Forward(x));
        if (y!.RequiresGrad)
            y.Backward(Tensor.Ones(y.Shape, y.DType, device));
        return new ModelSummary(rows.Finish(), device.Pool.PeakByRole);
    }

    /// <summary>The rows and their sums as a table.</summary>
    public override string ToString() =>
        SummaryTable.Of(this) + FormattableString.Invariant($"peak {Peak.Total:N0} bytes: {Peak}\n");

    /// <summary>Puts back what a pass in training mode changes.</summary>
    private sealed class KeptState : IDisposable
    {
        private readonly Module _model;
        private readonly bool _wasTraining;
        private readonly List<(Tensor Live, DeviceArray Was)> _buffers = [];
        private readonly List<(Parameter Parameter, Tensor? Was)> _gradients = [];

        public KeptState(Module model)
        {
            (_model, _wasTraining) = (model, model.IsTraining);
            foreach (var (_, buffer) in model.NamedBuffers())
            {
                var copy = new DeviceArray(buffer.Device, buffer.DType, buffer.Length, "summary");
                copy.CopyFrom(buffer.Data);
                _buffers.Add((buffer, copy));
            }

            foreach (var parameter in model.Parameters())
            {
                _gradients.Add((parameter, parameter.Grad));
                parameter.Grad = null;
            }
        }

        public void Dispose()
        {
            foreach (var (live, was) in _buffers)
            {
                live.Data.CopyFrom(was);
                was.Dispose();
            }

            foreach (var (parameter, was) in _gradients)
            {
                parameter.ZeroGrad();
                parameter.Grad = was;
            }

            _model.BuffersRestored();
            _model.Train(_wasTraining);
        }
    }
}
