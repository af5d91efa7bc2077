using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class OptimizerTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [TestCase("sgd")]
    [TestCase("sgd_momentum_wd")]
    [TestCase("sgd_nesterov")]
    [TestCase("adam")]
    [TestCase("adamw")]
    public void Golden_trajectories(string name)
    {
        foreach (var type in (DType[])[DType.Float64, DType.Float32])
        {
            var golden = Golden.Case("training", name);
            using var parameter = NewParameter(golden, type);
            using var optimizer = Make(golden, parameter);
            Follow(golden, parameter, optimizer, 0, 8, type);
        }
    }

    [TestCase("sgd_momentum_wd")]
    [TestCase("adam")]
    public void A_state_that_is_saved_and_loaded_goes_on_with_the_same_trajectory(string name)
    {
        var golden = Golden.Case("training", name);
        using var parameter = NewParameter(golden, DType.Float64);
        using var first = Make(golden, parameter);
        Follow(golden, parameter, first, 0, 3, DType.Float64);
        using var second = Make(golden, parameter);
        var saved = first.State.ToDictionary(s => s.Key, s => s.Value.ToArray<double>());
        second.LoadState(first.StepCount, (key, target) =>
        {
            target.CopyFrom<double>(saved[key]);
            return true;
        });
        Follow(golden, parameter, second, 3, 8, DType.Float64);
    }

    /// <summary>More arrays than a launch takes, some with settings of their own, some shorter than a group.</summary>
    [Test]
    public void Every_way_updates_every_array(
        [Values("sgd", "momentum", "adam")] string rule, [Values(DType.Float32, DType.Float64)] DType type)
    {
        int[] lengths = [5000, 1, 64, 1025, 3, 256, 7, 1024, 2049, 10, 77, 1, 2, 3, 4, 5, 6, 1026];
        var first = After("each");
        foreach (var way in Update.Ways(_device))
        {
            var values = After(way);
            for (var i = 0; i < lengths.Length; i++)
                Closeness.AssertClose(
                    values[i], first[i], type == DType.Float64 ? Tolerances.UpdateDouble : Tolerances.UpdateFloat,
                    $"{way}, array {i}");
        }

        double[][] After(string way)
        {
            using var scope = new TensorScope();
            Tensor[] Arrays(int seed) => [.. lengths.Select(
                (length, i) => GoldenTensors.Random([length], seed + i, _device, type))];
            var (p, g) = (Arrays(1), Arrays(101));
            var (s1, s2) = (Arrays(201), Array.ConvertAll(Arrays(301), t => t * t));
            for (var step = 1; step <= 2; step++)
                if (rule == "adam")
                    Update.Adam([.. p.Select((t, i) => new AdamUpdate(
                        t.Data, g[i].Data, s1[i].Data, s2[i].Data, step,
                        new AdamSettings(0.1, 0.9, 0.99, 1e-8, i == 4 ? 0.1 : 0, i == 5)))], way);
                else
                    Update.Sgd([.. p.Select((t, i) => new SgdUpdate(
                        t.Data, g[i].Data, rule == "sgd" ? null : s1[i].Data, i == step,
                        new SgdSettings(0.1, 0.9, 0.1, i == 4 ? 0.1 : 0, i == 5)))], way);
            return Array.ConvertAll(p, t => t.ToDoubles());
        }
    }

    [Test]
    public void Nothing_is_allocated_after_the_first_step()
    {
        using var parameter = new Parameter([1000], device: _device);
        Init.Constant(parameter, 1);
        using var optimizer = new AdamW([parameter]);
        long After()
        {
            using var scope = new TensorScope();
            optimizer.ZeroGrad();
            Ops.Relu(parameter).Backward(Tensor.Ones([1000], device: _device));
            optimizer.Step();
            return _device.Pool.Statistics.DeviceAllocations;
        }

        After();
        var warm = After();
        for (var i = 0; i < 5; i++)
            Assert.That(After(), Is.EqualTo(warm));
    }

    [Test]
    public void Options_out_of_range_are_refused()
    {
        using var parameter = new Parameter([1], device: _device);
        Assert.That(() => new Sgd([parameter], lr: -1), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => new Sgd([parameter], nesterov: true), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => new Adam([parameter], beta1: 1), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => new Adam([]), Throws.TypeOf<InvalidInputException>());
    }

    private Parameter NewParameter(GoldenCase golden, DType type)
    {
        var parameter = new Parameter([5], type, _device);
        using var start = Tensor.FromDoubles(golden.Inputs["p0"].Data, [5], type, _device);
        parameter.Data.CopyFrom(start.Data);
        return parameter;
    }

    private static Optimizer Make(GoldenCase golden, Parameter parameter)
    {
        double Get(string name, double otherwise = 0) =>
            golden.HasParam(name) ? golden.Param(name).GetDouble() : otherwise;
        return golden.Name switch
        {
            "adam" => new Adam(
                [parameter], Get("lr"), Get("beta1"), Get("beta2"), Get("eps"), Get("weightDecay")),
            "adamw" => new AdamW(
                [parameter], Get("lr"), Get("beta1"), Get("beta2"), Get("eps"), Get("weightDecay")),
            _ => new Sgd(
                [parameter], Get("lr"), Get("momentum"), 0, Get("weightDecay"), golden.HasParam("nesterov")),
        };
    }

    private void Follow(
        GoldenCase golden, Parameter parameter, Optimizer optimizer, int from, int to, DType type)
    {
        for (var step = from; step < to; step++)
        {
            parameter.ZeroGrad();
            parameter.Grad = Tensor.FromDoubles(
                golden.Inputs["grads"].Data.AsSpan(step * 5, 5), [5], type, _device);
            optimizer.Step();
            Closeness.AssertClose(
                parameter.ToDoubles(), golden.Outputs["p"].Data[(step * 5)..((step + 1) * 5)],
                type == DType.Float64 ? Tolerances.UpdateDouble : Tolerances.UpdateFloat,
                $"{golden.Name} step {step}");
        }

        parameter.ZeroGrad();
    }
}
