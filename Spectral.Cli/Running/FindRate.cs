using System.Globalization;
using Spectral.Nn;

namespace Spectral.Cli;

/// <summary>Carries out <c>spectral train --find-lr</c>.</summary>
internal static class FindRate
{
    internal static int Run(Trainer trainer, DataLoader train, RunFolder folder, CancellationToken cancellation)
    {
        LearningRateCurve curve;
        try
        {
            curve = LearningRateFinder.Run(trainer, train, cancellation: cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new InterruptedException("[find-lr] stopped · nothing was kept · run the command again");
        }

        curve.Save(folder.RateCurve);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"learning rate {curve.Suggested:G2}: there the loss falls fastest ({curve.Points.Count} steps from ")
            + string.Create(CultureInfo.InvariantCulture,
                $"{curve.Points[0].Rate:G2} to {curve.Points[^1].Rate:G2}); train with --lr {curve.Suggested:G2}"));
        Console.WriteLine($"curve in '{folder.RateCurve}'");
        return ExitCodes.Done;
    }
}
