using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>
/// The spectrum of a layer's filters, kept for inference while neither the filters nor the plan change.
/// Recording passes give it up: training changes the filters at every step.
/// </summary>
internal sealed class FilterSpectrum
{
    private sealed record Held(DeviceArray Weight, int Version, PlaneTransformPlan Plan, DeviceArray Spectrum);

    private Held? _held;

    /// <summary>The spectrum; the caller disposes its reference.</summary>
    internal DeviceArray Get(in PlaneTransformPlan plan, DeviceArray weight, string operation)
    {
        if (GradMode.IsEnabled)
        {
            Clear();
            return BandConv.Transform(plan, weight, operation);
        }

        if (_held is not { } held || held.Weight != weight || held.Version != weight.Version || held.Plan != plan)
        {
            Clear();
            _held = held = new Held(weight, weight.Version, plan, BandConv.Transform(plan, weight, operation));
        }

        return held.Spectrum.AddReference();
    }

    /// <summary>Gives the spectrum up.</summary>
    internal void Clear()
    {
        _held?.Spectrum.Dispose();
        _held = null;
    }
}
