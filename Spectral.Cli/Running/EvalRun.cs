using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Cli;

/// <summary>Carries out <c>spectral eval</c>.</summary>
internal static class EvalRun
{
    internal static int Run(EvalOptions options)
    {
        using var device = ComputeDevice.Open(options.Device);
        var data = DataSource.Open(options.Data);
        throw new DataFormatException("--checkpoint", $"'{options.Checkpoint}' for {data.Name}",
            "no model in this build", "use a newer build");
    }
}
