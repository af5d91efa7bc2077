using System.Diagnostics;
using NUnit.Framework;

namespace Spectral.Tests;

public class KillAndResumeTests
{
    private const int Kills = 5;
    private const int EpochsBetween = 3;

    [Test]
    public void A_run_killed_again_and_again_ends_with_the_bits_of_one_that_was_not()
    {
        var folder = Directory.CreateTempSubdirectory("spectral-kill-");
        try
        {
            var whole = Path.Combine(folder.FullName, "whole");
            var killed = Path.Combine(folder.FullName, "killed");
            using (var run = CommandRunner.Start(Line(whole)))
            {
                run.WaitForExit();
                Assert.That(run.ExitCode, Is.Zero);
            }

            var chance = new Random(1);
            for (var kill = 1; kill <= Kills; kill++)
            {
                using var run = CommandRunner.Start(Line(killed));
                WaitForEpoch(run, killed, kill * EpochsBetween);
                Thread.Sleep(chance.Next(60));
                Assert.That(run.HasExited, Is.False, "the run is over before it could be killed");
                run.Kill(entireProcessTree: true);
                run.WaitForExit();
            }

            using (var run = CommandRunner.Start(Line(killed)))
            {
                run.WaitForExit();
                Assert.That(run.ExitCode, Is.Zero);
            }

            Assert.That(File.ReadAllBytes(Path.Combine(killed, "model.safetensors")),
                Is.EqualTo(File.ReadAllBytes(Path.Combine(whole, "model.safetensors"))));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Enough epochs that the last kill still meets a running process.
    private static string[] Line(string folder) =>
    [
        "train", "--data", "cbf", "--model", "fcn-micro", "--rate", "50", "--epochs", "40", "--batch", "64",
        "--out", folder, "--resume",
    ];

    private static void WaitForEpoch(Process run, string folder, int epoch)
    {
        var metrics = Path.Combine(folder, "metrics.csv");
        var clock = Stopwatch.StartNew();
        while (!File.Exists(metrics) || File.ReadLines(metrics).Count() <= epoch)
        {
            Assert.That(run.HasExited, Is.False, $"the run ended before epoch {epoch}");
            Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromMinutes(3)), $"epoch {epoch}");
            Thread.Sleep(2);
        }
    }
}
