namespace Spectral.Tests;

/// <summary>
/// What one multiprocessor has to give, from the table of compute capabilities in NVIDIA's programming guide.
/// </summary>
/// <param name="Warps">Resident warps of 32 threads.</param>
/// <param name="Groups">Resident groups.</param>
/// <param name="SharedBytes">Shared memory of all its groups.</param>
internal readonly record struct Multiprocessor(int Warps, int Groups, int SharedBytes)
{
    /// <summary>Registers of all warps, and the steps in which a warp is given them.</summary>
    private const int Registers = 64 * 1024, RegisterStep = 256;

    /// <summary>Registers lie in four banks, one for each scheduler: warps are placed by fours.</summary>
    private const int Schedulers = 4;

    /// <summary>
    /// Shared memory that the system takes of each group, and the steps in which it is given.
    /// </summary>
    private const int ReservedBytes = 1024, SharedStep = 128;

    /// <summary>Compute capability 8.0 (A100).</summary>
    internal static readonly Multiprocessor Sm80 = new(64, 32, 164 * 1024);

    /// <summary>Compute capability 9.0 (H100, H200).</summary>
    internal static readonly Multiprocessor Sm90 = new(64, 32, 228 * 1024);

    /// <summary>Groups of a kernel that fit at once.</summary>
    internal int ResidentGroups(int registers, int sharedBytes, int groupSize)
    {
        var warps = (groupSize + 31) / 32;
        var ofWarp = RoundUp(Math.Max(1, registers) * 32, RegisterStep);
        var byRegisters = Registers / ofWarp / Schedulers * Schedulers / warps;
        var byShared = SharedBytes / RoundUp(sharedBytes + ReservedBytes, SharedStep);
        return Math.Min(Math.Min(Groups, Warps / warps), Math.Min(byRegisters, byShared));
    }

    /// <summary>Resident warps of a kernel, in percent of the most there can be.</summary>
    internal double Occupancy(int registers, int sharedBytes, int groupSize) =>
        100.0 * ResidentGroups(registers, sharedBytes, groupSize) * ((groupSize + 31) / 32) / Warps;

    private static int RoundUp(int number, int step) => (number + step - 1) / step * step;
}
