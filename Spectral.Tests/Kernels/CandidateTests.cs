using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

public class CandidateTests
{
    private static readonly ComputeDevice Device = TestDevices.Get("cpu");

    private static readonly CandidateList<int, string> List = new("sample",
        new("never", (_, _) => false, (_, _) => true, "a"),
        new("large", (_, _) => true, (_, n) => n > 10, "b"),
        new("any", (_, _) => true, (_, _) => true, "c"));

    [TestCase(5, "any")]
    [TestCase(50, "large")]
    public void First_legal_and_preferred_wins(int plan, string name) =>
        Assert.That(List.Choose(Device, plan).Name, Is.EqualTo(name));

    [Test]
    public void An_argument_forces_one() =>
        Assert.That(List.Choose(Device, 5, "large").Run, Is.EqualTo("b"));

    [Test]
    public void One_that_changes_results_runs_by_its_name_alone()
    {
        var list = new CandidateList<int, string>("sample",
            new("rough", (_, _) => true, (_, _) => true, "a") { OnlyWhenForced = true },
            new("fallback", (_, _) => true, (_, _) => false, "b"));
        Assert.That(list.Choose(Device, 5).Name, Is.EqualTo("fallback"));
        Assert.That(list.Choose(Device, 5, "rough").Run, Is.EqualTo("a"));
    }

    [Test]
    public void Legal_ones_are_listed_in_order() =>
        Assert.That(List.Legal(Device, 5), Is.EqualTo(["large", "any"]));

    [TestCase("never")]
    [TestCase("unheard")]
    public void What_is_illegal_or_unknown_is_refused(string name) =>
        Assert.That(() => List.Choose(Device, 5, name), Throws.InstanceOf<InvalidInputException>()
            .With.Message.Contains(name));

    [Test]
    [NonParallelizable]
    public void The_environment_forces_by_family()
    {
        var before = Environment.GetEnvironmentVariable(CandidateEnvironment.Variable);
        try
        {
            Environment.SetEnvironmentVariable(CandidateEnvironment.Variable, "other=x, sample=large");
            Assert.That(List.Choose(Device, 5).Name, Is.EqualTo("large"));
            Environment.SetEnvironmentVariable(CandidateEnvironment.Variable, "sample");
            Assert.That(() => List.Choose(Device, 5), Throws.InstanceOf<InvalidInputException>());
        }
        finally
        {
            Environment.SetEnvironmentVariable(CandidateEnvironment.Variable, before);
        }
    }
}
