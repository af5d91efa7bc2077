using System.Text.Json;
using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Tests;

/// <summary>Measuring instead of predicting: what is measured, kept and taken.</summary>
[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
[NonParallelizable]
public class AutotunerTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);
    private DataFolder _folder = null!;

    [SetUp]
    public void TurnOn()
    {
        _folder = new DataFolder();
        Environment.SetEnvironmentVariable(Autotuner.Variable, _folder.Root);
    }

    [TearDown]
    public void TurnOff()
    {
        Environment.SetEnvironmentVariable(Autotuner.Variable, null);
        _folder.Dispose();
    }

    [Test]
    public void Every_legal_way_is_measured_and_the_fastest_is_taken_and_told()
    {
        var axis = new ConvAxis(5, 3, 1, 1, 1);
        var plan = BandConvPlan.For(new ConvShape(1, 2, 2, axis, axis), 2, Band.Rate(50), FftSizePolicy.Compatible);
        var chosen = ConvPlanner.Choose(_device, plan).ToString().ToLowerInvariant();
        var times = Kept().Single(work => work.Key.StartsWith("conv: ", StringComparison.Ordinal)).Value;
        Assert.That(times.Keys, Is.EquivalentTo((string[])["spectral", "lowpass", "lowpassoutput", "absorbed"]));
        Assert.That(times.Values, Has.All.GreaterThan(0));
        Assert.That(times.MinBy(t => t.Value).Key, Is.EqualTo(chosen));

        var before = File.ReadAllText(Files().Single());
        Assert.That(ConvPlanner.Explain(_device, plan), Does.StartWith(chosen).And.EndWith("(measured)"));
        Assert.That(File.ReadAllText(Files().Single()), Is.EqualTo(before));
    }

    [Test]
    public void Work_is_measured_once_and_found_in_the_file_later()
    {
        var runs = 0;
        (string, Action)[] ways = [("slow", () => Slow(ref runs)), ("fast", () => runs++)];
        var first = Autotuner.Times(_device, "work", ways)!;
        Assert.That(first["slow"], Is.GreaterThan(5 * first["fast"]));
        var after = runs;
        Assert.That(Autotuner.Times(_device, "work", ways), Is.EqualTo(first));
        Assert.That(runs, Is.EqualTo(after));
        Assert.That(new TuningFile(_folder.Root, _device).Find("work"), Is.EqualTo(first));

        // A way that was added since: all are measured again.
        Assert.That(Autotuner.Times(_device, "work", [.. ways, ("new", () => { })]), Has.Count.EqualTo(3));
        Assert.That(runs, Is.GreaterThan(after));

        static void Slow(ref int runs)
        {
            runs++;
            Thread.Sleep(2);
        }
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("{\"Version\":\"another\",\"Device\":\"\",\"Milliseconds\":{\"work\":{\"way\":1}}}")]
    public void A_file_of_no_use_is_begun_anew(string text)
    {
        var file = new TuningFile(_folder.Root, _device);
        file.Add("work", new() { ["way"] = 3 });
        Assert.That(new TuningFile(_folder.Root, _device).Find("work"), Is.Not.Null);
        File.WriteAllText(file.Path, text);
        Assert.That(new TuningFile(_folder.Root, _device).Find("work"), Is.Null);
    }

    [Test]
    public void Without_the_variable_nothing_is_measured()
    {
        Environment.SetEnvironmentVariable(Autotuner.Variable, null);
        Assert.That(Autotuner.Times(_device, "work", [("way", () => Assert.Fail("measured"))]), Is.Null);
        Assert.That(Files(), Is.Empty);
    }

    /// <summary>Results and gradients stay what they were, whatever wins; adding is not done twice.</summary>
    [Test]
    public void Measuring_does_not_change_results()
    {
        var generator = new Generator(1);
        using var scope = new TensorScope();
        var (x, w) = (Random([1, 2, 5, 5], generator), Random([2, 2, 3, 3], generator));
        var (a, b, into) = (Random([3, 4], generator), Random([4, 5], generator), Random([3, 5], generator));
        foreach (var leaf in (Tensor[])[x, w])
            leaf.RequiresGrad = true;
        var tuned = Run();
        Environment.SetEnvironmentVariable(Autotuner.Variable, null);
        var plain = Run();
        for (var i = 0; i < plain.Length; i++)
            Closeness.AssertClose(tuned[i], plain[i], Tolerances.GoldenDouble, $"result {i}");

        double[][] Run()
        {
            (x.Grad, w.Grad) = (null, null);
            var y = Ops.BandLimitedConv2d(x, w, null, new Conv2dSettings(1, 1), Band.Rate(50));
            Ops.Sum(y).Backward();
            using var c = new DeviceArray(_device, DType.Float64, into.Length, "test");
            c.CopyFrom(into.Data);
            Gemm.Multiply(new GemmShape(1, 3, 5, 4), a.Data, b.Data, c, accumulate: true);
            return [y.ToDoubles(), x.Grad!.ToDoubles(), w.Grad!.ToDoubles(), c.ToArray<double>()];
        }
    }

    private string[] Files() => Directory.GetFiles(_folder.Root, "*.json");

    private Dictionary<string, Dictionary<string, double>> Kept() =>
        JsonDocument.Parse(File.ReadAllText(Files().Single())).RootElement.GetProperty("Milliseconds")
            .Deserialize<Dictionary<string, Dictionary<string, double>>>()!;

    private Tensor Random(Shape shape, Generator generator)
    {
        var values = new double[shape.Elements];
        for (var i = 0; i < values.Length; i++)
            values[i] = generator.NextUniform(-1, 1);
        return Tensor.From(values, shape, _device);
    }
}
