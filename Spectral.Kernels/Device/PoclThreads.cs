using System.Runtime.InteropServices;

namespace Spectral.Kernels;

/// <summary>
/// Asks PoCL to keep each of its threads on a core of its own. Its threads sleep between launches, and Linux often
/// wakes two of them on the same core: kernels of milliseconds then run on one core of two (measured: convolutions
/// take 1.6 times as long).
/// </summary>
internal static partial class PoclThreads
{
    internal const string Variable = "POCL_AFFINITY";

    private const string AllowedKey = "Cpus_allowed_list:", Status = "/proc/self/status";
    private const string Online = "/sys/devices/system/cpu/online";

    /// <summary>
    /// To be called before OpenCL is loaded. A value that the user has given stays, and nothing is done for a process
    /// that may not run on every core: PoCL counts cores from 0, whichever are allowed.
    /// </summary>
    internal static void Pin()
    {
        if (!OperatingSystem.IsLinux() || !MayUseEveryCore())
            return;
        try
        {
            _ = SetEnvironment(Variable, "1", 0);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library without the function: the threads stay free to move.
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
