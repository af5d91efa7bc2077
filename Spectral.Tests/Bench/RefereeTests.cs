using NUnit.Framework;
using Spectral.Bench;
using Spectral.Kernels;

namespace Spectral.Tests;

public class RefereeTests
{
    private static readonly SuiteOptions Quick = new(Quick: true);

    [Test]
    public void Ours_and_rivals_take_turns_after_their_warm_ups()
    {
        List<string> runs = [];
        var contest = Contest(runs, ours: 0.2, rival: 0.5);
        using var rivals = new RivalSet([RivalSet.MathNet]);

        var result = new Referee(Quick, rivals, default).Run(contest).Single();

        // After a rest what is not slow runs once more before it is measured.
        Assert.That(runs, Is.EqualTo((string[])["ours", "ours", "rival", "rival",
            "ours", "ours", "rival", "ours", "ours", "rival", "ours", "ours", "rival"]));
        Assert.That(result.Ratio, Is.EqualTo(2.5).Within(1e-12));
        Assert.That(result.Reached, Is.EqualTo("must"));
        Assert.That(result.Ours.Samples, Is.EqualTo(3));
    }

    [Test]
    public void A_sample_is_as_long_as_wanted_however_slow_the_first_runs_are()
    {
        List<int> counts = [];
        var contest = new Contest("block", "case", "pass");
        contest.Add("ours", () => new SlowAtFirst(counts), default);
        using var rivals = new RivalSet([]);

        new Referee(Quick, rivals, default).Run(contest);

        Assert.That(counts[^1] * SlowAtFirst.Later, Is.GreaterThanOrEqualTo(Quick.SampleSeconds));
    }

    [Test]
    public void Where_kernels_are_wanted_each_of_ours_runs_once_more_for_them()
    {
        List<string> runs = [];
        using var rivals = new RivalSet([]);
        var referee = new Referee(Quick with { Profile = true }, rivals, default);
        var result = referee.Run(Contest(runs, 0.2, 0.5)).Single();
        Assert.That(result.Ours.Kernels.Select(k => k.Kernel), Is.EqualTo((string[])["ours"]));
    }

    [Test]
    public void The_originals_algorithm_needs_PyTorch_once_and_not_its_convolutions()
    {
        var starts = 0;
        using var rivals = new RivalSet(RivalSet.Read("original,mathnet"), () =>
        {
            starts++;
            throw new RivalException("no Python");
        });

        Assert.That(starts, Is.EqualTo(1));
        Assert.That(rivals.WhyMissing(RivalSet.Original), Is.EqualTo("no Python"));
        Assert.That(rivals.States.Single(s => s.Name == RivalSet.Torch).State, Is.EqualTo("left out on request"));
    }

    [Test]
    public void A_very_slow_rival_runs_once()
    {
        List<string> runs = [];
        using var rivals = new RivalSet([RivalSet.MathNet]);

        var result = new Referee(Quick, rivals, default).Run(Contest(runs, 0.2, rival: 30)).Single();

        Assert.That(runs.Count(r => r == "rival"), Is.EqualTo(1));
        Assert.That(result.Theirs!.Samples, Is.EqualTo(1));
    }

    [Test]
    public void Ways_that_lie_close_together_have_more_samples_and_so_has_a_slow_rival()
    {
        var contest = Contest([], 0.2, rival: 0.5) with { Rounds = 2 };
        using var rivals = new RivalSet([RivalSet.MathNet]);

        var result = new Referee(new SuiteOptions(Quick: false), rivals, default).Run(contest).Single();

        Assert.That((result.Ours.Samples, result.Theirs!.Samples), Is.EqualTo((14, 6)));
    }

    [Test]
    public void A_rival_that_is_not_installed_is_named()
    {
        using var rivals = new RivalSet([RivalSet.Torch], () => throw new RivalException("no PyTorch here"));
        var contest = new Contest("block", "case", "pass");
        contest.Add("ours", () => new Fake("ours", 0.2, []), default);
        contest.Pair(
            "ours",
            new RivalEntry(RivalSet.Torch, "direct", () => throw new InvalidOperationException()));

        var results = new Referee(Quick, rivals, default).Run(contest);

        Assert.That(results.Single().Missing, Is.EqualTo("no PyTorch here"));
        Assert.That(MarkdownReport.Write(new RunHeader([]), results),
            Does.Contain("| direct: missing (no PyTorch here) |"));
        Assert.That(rivals.States, Does.Contain((RivalSet.Torch, "missing: no PyTorch here")));
        Assert.That(rivals.States, Does.Contain((RivalSet.MathNet, "left out on request")));
    }

    [Test]
    public void A_floor_is_what_takes_longer_of_memory_and_arithmetic()
    {
        var ceilings = new Ceilings(10, 1000);
        Assert.That(ceilings.Floor(new Work(20, 500)), Is.EqualTo(2));
        Assert.That(ceilings.Floor(new Work(20, 5000)), Is.EqualTo(5));
    }

    [Test]
    public void Options_are_read_and_unknown_words_refused()
    {
        var options = SuiteOptions.Parse(["--rivals", "torch,fftw", "--quick", "--filter", "FFT"]);
        Assert.That(options.Rivals, Is.EqualTo((string[])["torch", "fftw"]));
        Assert.That((options.Repeats, options.Filters![0]), Is.EqualTo((3, "FFT")));
        Assert.That(SuiteOptions.Parse([]).Repeats, Is.EqualTo(7));
        Assert.That(() => SuiteOptions.Parse(["--rivals", "cudnn"]),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains("openblas"));
        Assert.That(() => SuiteOptions.Parse(["--fast"]), Throws.InstanceOf<InvalidInputException>());
        Assert.That(() => SuiteOptions.Parse(["--filter", "("]),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains("regular expression"));
    }

    [Test]
    public void Contests_run_in_the_order_of_the_filters()
    {
        Contest[] contests =
            [new("Layers", "16×8", "forward"), new("Layers", "16×8", "forward+backward"), new("Steps", "FCN", "step")];
        var options = SuiteOptions.Parse(["--filter", "steps", "--filter", "layers.*backward"]);
        Assert.That(options.Choose(contests), Is.EqualTo((Contest[])[contests[2], contests[1]]));
        Assert.That(new SuiteOptions().Choose(contests), Is.EqualTo(contests));
    }

    private static Contest Contest(List<string> runs, double ours, double rival)
    {
        var contest = new Contest("block", "case", "pass");
        contest.Add("ours", () => new Fake("ours", ours, runs), default);
        contest.Pair(
            "ours", new RivalEntry(RivalSet.MathNet, "rival", () => new Fake("rival", rival, runs)),
            new Target("group", 2, 3, 4));
        return contest;
    }

    /// <summary>Takes ten times as long until it has run four times.</summary>
    private sealed class SlowAtFirst(List<int> counts) : Contender
    {
        internal const double Later = 0.001;

        internal override Sample Run(int count)
        {
            counts.Add(count);
            return counts.Sum() <= 4 ? new Sample(10 * Later, 0) : new Sample(Later, 0);
        }

        internal override double? Error() => null;

        public override void Dispose()
        {
        }
    }

    private sealed class Fake(string name, double seconds, List<string> runs) : Contender
    {
        internal override Sample Run(int count)
        {
            runs.Add(name);
            return new Sample(seconds, seconds);
        }

        internal override double? Error() => 1e-7;

        internal override IReadOnlyList<KernelTime> Kernels() => [new(name, 1, 1000 * seconds)];

        public override void Dispose()
        {
        }
    }
}
