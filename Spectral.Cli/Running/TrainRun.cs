using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Cli;

/// <summary>Carries out <c>spectral train</c>.</summary>
internal static class TrainRun
{
    internal static int Run(TrainOptions options)
    {
        using var device = ComputeDevice.Open(options.Device);
        var data = DataSource.Open(options.Data);
        throw new UsageException("--model", $"'{options.Model}' for {data.Name}", "no model in this build",
            "use a newer build");
    }
}
