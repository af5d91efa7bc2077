using System.Reflection;
using NUnit.Framework;
using Spectral.Autograd;

namespace Spectral.Tests.Autograd;

/// <summary>Checks the gradient of every operation, at six shapes or more, on every device.</summary>
[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class GradCheckTests(string deviceId)
{
    private const int LeastShapes = 6;

    // Operations whose result has no gradient.
    private static readonly string[] NotDifferentiable = [nameof(Ops.ArgMax)];

    private static readonly ILookup<string, GradCase> Table = typeof(IGradCases).Assembly.GetTypes()
        .Where(t => t is { IsInterface: false } && t.IsAssignableTo(typeof(IGradCases)))
        .Select(t => t.GetMethod(nameof(IGradCases.Cases), BindingFlags.Static | BindingFlags.Public)!)
        .SelectMany(m => (IEnumerable<GradCase>)m.Invoke(null, null)!)
        .ToLookup(c => c.Op);

    private static IEnumerable<string> Operations => Table.Select(g => g.Key).Order();

    [TestCaseSource(nameof(Operations))]
    public void Gradients_agree_with_differences(string operation)
    {
        var device = TestDevices.Get(deviceId);
        Assert.Multiple(() =>
        {
            foreach (var gradCase in Table[operation])
            {
                using var scope = new TensorScope();
                var report = GradCheck.Run(gradCase.Function, gradCase.Inputs(device), gradCase.Step);
                Assert.That(report.Passed, Is.True, $"{gradCase}: {report}");
            }
        });
    }

    [Test]
    public void Every_operation_is_in_the_table_with_enough_shapes()
    {
        var differentiable = typeof(Ops).GetMethods(BindingFlags.Static | BindingFlags.Public)
            .Where(m => m.ReturnType == typeof(Tensor)).Select(m => m.Name).Distinct()
            .Except(NotDifferentiable).Order().ToArray();
        var few = Operations.Where(o => Table[o].Select(c => c.ToString()).Distinct().Count() < LeastShapes);
        Assert.That(Operations, Is.EqualTo(differentiable));
        Assert.That(few, Is.Empty);
        TestContext.Out.WriteLine(
            $"{differentiable.Length} operations, {Table.Sum(g => g.Count())} gradient checks on each device");
    }
}
