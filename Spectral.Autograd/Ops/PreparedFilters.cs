using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>
/// A layer's filters as a forward pass wants them (<see cref="BandConv.Filters"/>), kept for inference while
/// neither the filters nor the plan change.
/// Recording passes give it up: training changes the filters at every step.
/// </summary>
internal sealed class PreparedFilters
{
    private sealed record Held(DeviceArray Weight, int Version, PlaneTransformPlan Plan, DeviceArray Filters);

    private Held? _held;

    /// <summary>The filters; the caller disposes its reference.</summary>
    internal DeviceArray Get(in BandConvPlan plan, DeviceArray weight, string operation)
    {
        if (GradMode.IsEnabled)
        {
            Clear();
            return BandConv.Filters(plan, weight, operation);
        }

        if (_held is not { } held || held.Weight != weight || held.Version != weight.Version
            || held.Plan != plan.Filter)
        {
            Clear();
            _held = held = new Held(
                weight, weight.Version, plan.Filter, BandConv.Filters(plan, weight, operation));
        }

        return held.Filters.AddReference();
    }

    /// <summary>Gives them up.</summary>
    internal void Clear()
    {
        _held?.Filters.Dispose();
        _held = null;
    }
}
