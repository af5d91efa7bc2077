using Spectral.Kernels;

namespace Spectral.Cli;

/// <summary>A command line that cannot be run as it is written: exit code 2.</summary>
internal sealed class UsageException(string option, string given, string allowed, string remedy)
    : SpectralException(option, given, allowed, remedy);
