using System.Runtime.InteropServices;

namespace Spectral.Kernels;

/// <summary>
/// What Spectral asks of PoCL, by the variables that PoCL reads when it is loaded; values that the user has given stay.
/// </summary>
internal static partial class PoclSettings
{
    /// <summary>
    /// Keeps each of PoCL's threads on a core of its own. They sleep between launches, and Linux often wakes two of
    /// them on the same core: kernels of milliseconds then run on one core of two (measured: convolutions take 1.6
    /// times as long).
    /// </summary>
    internal const string Affinity = "POCL_AFFINITY";

    /// <summary>
    /// Options of every compilation. Denormal numbers count as zero: Intel's cores take some hundred cycles for each,
    /// and they come up wherever registers are wider than data, in lanes of whatever the memory held before, whose
    /// results nobody reads (measured: direct convolutions then take twice as long, low-passes nine times). Without
    /// warnings: those about constants in generated code would be printed among a program's own lines.
    /// </summary>
    internal const string BuildOptions = "POCL_EXTRA_BUILD_FLAGS";

    private const string Options = "-cl-denorms-are-zero -w";

    private const string AllowedKey = "Cpus_allowed_list:", Status = "/proc/self/status";
    private const string Online = "/sys/devices/system/cpu/online";

    /// <summary>
    /// To be called before OpenCL is loaded. Threads stay free in a process that may not run on every core: PoCL counts
    /// cores from 0, whichever are allowed.
    /// </summary>
    internal static void Apply()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = SetEnvironment(BuildOptions, Options, 0);
            if (MayUseEveryCore())
                _ = SetEnvironment(Affinity, "1", 0);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library without the function: PoCL runs as it would by itself.
        }
    }

    internal static bool MayUseEveryCore()
    {
        try
        {
            var allowed = File.ReadLines(Status)
                .FirstOrDefault(line => line.StartsWith(AllowedKey, StringComparison.Ordinal));
            return allowed is not null && IsEveryCore(allowed[AllowedKey.Length..], File.ReadAllText(Online));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether the allowed cores are all that are online, numbered from 0 without a gap.</summary>
    internal static bool IsEveryCore(string allowed, string online)
    {
        var cores = online.Trim();
        return allowed.Trim() == cores && !cores.Contains(',')
            && (cores == "0" || cores.StartsWith("0-", StringComparison.Ordinal));
    }

    // .NET keeps variables to itself: libraries see only what the C library holds.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
