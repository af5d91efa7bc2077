using NUnit.Framework;
using Spectral.Nn;

namespace Spectral.Tests;

public class ScheduleTests
{
    private static readonly string[] Names = ["step", "multistep", "exponential", "cosine", "one_cycle", "plateau"];

    [TestCaseSource(nameof(Names))]
    public void Golden_schedules(string name)
    {
        var golden = Golden.Case("training", name);
        using var optimizer = NewOptimizer();
        var schedule = Make(golden, optimizer);
        Assert.That(Follow(golden, schedule, 0, 24), Is.EqualTo(golden.Outputs["lr"].Data).Within(1e-12).Percent);
    }

    [TestCaseSource(nameof(Names))]
    public void A_state_that_is_saved_and_loaded_goes_on_with_the_same_rates(string name)
    {
        var golden = Golden.Case("training", name);
        using var one = NewOptimizer();
        using var other = NewOptimizer();
        var first = Make(golden, one);
        var begun = Follow(golden, first, 0, 7);
        var second = Make(golden, other);
        second.State = first.State;
        Assert.That(
            begun.Concat(Follow(golden, second, 7, 24)),
            Is.EqualTo(golden.Outputs["lr"].Data).Within(1e-12).Percent);
    }

    private static Sgd NewOptimizer() => new([new Parameter([1])], lr: 0.1);

    // The golden rates are those in force during each step.
    private static double[] Follow(GoldenCase golden, LearningRateSchedule schedule, int from, int to)
    {
        var rates = new List<double>();
        for (var i = from; i < to; i++)
        {
            rates.Add(schedule.Optimizer.LearningRate);
            schedule.Advance(golden.Name == "plateau" ? golden.Inputs["metric"].Data[i] : double.NaN);
        }

        return [.. rates];
    }

    private static LearningRateSchedule Make(GoldenCase golden, Optimizer optimizer)
    {
        double Get(string name) => golden.Param(name).GetDouble();
        return golden.Name switch
        {
            "step" => new StepLr(optimizer, golden.Int("stepSize"), Get("gamma")),
            "multistep" => new MultiStepLr(
                optimizer, [.. golden.Param("milestones").EnumerateArray().Select(e => e.GetInt32())], Get("gamma")),
            "exponential" => new ExponentialLr(optimizer, Get("gamma")),
            "cosine" => new CosineAnnealingLr(optimizer, golden.Int("tMax"), Get("etaMin")),
            "one_cycle" => new OneCycleLr(
                optimizer, Get("maxLr"), golden.Int("totalSteps"), Get("pctStart"), Get("divFactor"),
                Get("finalDivFactor")),
            _ => new ReduceLrOnPlateau(optimizer, Get("factor"), golden.Int("patience"), Get("threshold")),
        };
    }
}
