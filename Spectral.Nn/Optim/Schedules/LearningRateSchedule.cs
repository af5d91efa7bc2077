using System.Text.Json;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Sets an optimiser's learning rate as training goes on: call <see cref="Advance"/> after each epoch, or
/// after each batch where <see cref="PerBatch"/> is set.
/// </summary>
public abstract class LearningRateSchedule
{
    /// <summary>Takes over the learning rate of an optimiser, which becomes the base rate.</summary>
    protected LearningRateSchedule(Optimizer optimizer) =>
        (Optimizer, BaseRate) = (optimizer, optimizer.LearningRate);

    /// <summary>The optimiser.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>Learning rate that the optimiser came with.</summary>
    public double BaseRate { get; }

    /// <summary>How often the schedule has advanced.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a trainer advances it after each batch; otherwise after each epoch.</summary>
    public bool PerBatch { get; init; }

    /// <summary>What a checkpoint keeps, as JSON.</summary>
    /// <exception cref="DataFormatException">Set to something else.</exception>
    public string State
    {
        get => JsonSerializer.Serialize(new Saved(Count, Optimizer.LearningRate, Memory));
        set
        {
            try
            {
                var saved = JsonSerializer.Deserialize<Saved>(value) ?? throw new JsonException("null");
                (Count, Memory) = (saved.Count, saved.Memory);
                Optimizer.LearningRate = saved.Rate;
            }
            catch (JsonException e)
            {
                throw new DataFormatException("schedule", $"a state that cannot be read ({e.Message})",
                    "the state of the same schedule", "resume with the options of the first run", e);
            }
        }
    }

    /// <summary>Numbers that a schedule remembers beyond <see cref="Count"/>.</summary>
    protected virtual double[] Memory
    {
        get => [];
        set { }
    }

    /// <summary>Sets the next learning rate.</summary>
    /// <param name="metric">Value to watch (the training loss), for schedules that do.</param>
    public void Advance(double metric = double.NaN)
    {
        Count++;
        Optimizer.LearningRate = RateAfter(Count, metric);
    }

    /// <summary>Sets the learning rate of the very first step, where it is not the base rate.</summary>
    protected void Begin(double rate) => Optimizer.LearningRate = rate;

    /// <summary>Learning rate after so many advances.</summary>
    protected abstract double RateAfter(int count, double metric);

    private sealed record Saved(int Count, double Rate, double[] Memory);
}
