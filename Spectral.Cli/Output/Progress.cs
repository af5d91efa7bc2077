using Spectral.Nn;
using Spectre.Console;

namespace Spectral.Cli;

/// <summary>Shows how a run goes on: a live bar on a terminal, a line an epoch elsewhere.</summary>
internal static class Progress
{
    /// <summary>Runs <paramref name="fit"/> with the callback that shows it.</summary>
    internal static void Run(int epochs, Action<ITrainerCallback> fit)
    {
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi)
        {
            fit(new PlainProgress(epochs));
            return;
        }

        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(),
                new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => fit(new LiveProgress(context.AddTask("starting", maxValue: epochs), epochs)));
    }

    private sealed class PlainProgress(int epochs) : ITrainerCallback
    {
        public void OnEpochEnd(Trainer trainer, EpochMetrics metrics) =>
            Console.WriteLine(RunText.Epoch(metrics, epochs));
    }

    private sealed class LiveProgress(ProgressTask task, int epochs) : ITrainerCallback
    {
        public void OnStart(Trainer trainer, IReadOnlyList<EpochMetrics> history)
        {
            task.Value = history.Count;
            if (history.Count > 0)
                Describe(history[^1]);
        }

        public void OnBatchEnd(Trainer trainer, int epoch, int batch, int batches) =>
            task.Value = epoch - 1 + (batch / (double)batches);

        public void OnEpochEnd(Trainer trainer, EpochMetrics metrics)
        {
            task.Value = metrics.Epoch;
            Describe(metrics);
        }

        private void Describe(EpochMetrics m) => task.Description = Markup.Escape(FormattableString.Invariant(
            $"epoch {m.Epoch}/{epochs}  loss {m.TrainLoss:F4}  accuracy {Accuracy(m):P1}"));

        private static double Accuracy(EpochMetrics m) =>
            double.IsNaN(m.TestAccuracy) ? m.TrainAccuracy : m.TestAccuracy;
    }
}
