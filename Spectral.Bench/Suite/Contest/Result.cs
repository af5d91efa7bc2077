using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>What was measured of one contender.</summary>
/// <param name="Time">Median of the runs.</param>
/// <param name="Samples">How many there were.</param>
/// <param name="Error">Relative L2 distance from the same in double, or null.</param>
/// <param name="Kernels">Time of one run by kernel; empty where that was not asked for.</param>
internal sealed record Measured(Sample Time, int Samples, double? Error, IReadOnlyList<KernelTime> Kernels);

/// <summary>One line of the table: one of our ways, and a rival's or none.</summary>
/// <param name="Block">Heading.</param>
/// <param name="Case">Which work.</param>
/// <param name="Pass">Which part of it.</param>
/// <param name="Variant">Which of our ways.</param>
/// <param name="Ours">Ours.</param>
/// <param name="FloorSeconds">Predicted bound of any implementation, 0 where none is known.</param>
/// <param name="Rival">What the rival does; empty without one.</param>
/// <param name="Theirs">The rival's, or null.</param>
/// <param name="Missing">Why the rival was not measured, or null.</param>
/// <param name="Target">Ratio to reach, or null.</param>
internal sealed record Result(
    string Block, string Case, string Pass, string Variant, Measured Ours, double FloorSeconds,
    string Rival, Measured? Theirs, string? Missing, Target? Target)
{
    /// <summary>The rival's time over ours.</summary>
    internal double? Ratio => Theirs?.Time.Seconds / Ours.Time.Seconds;

    /// <summary>The rival's processor time over ours.</summary>
    internal double? CpuRatio => Ours.Time.CpuSeconds > 0 && Theirs is { Time.CpuSeconds: > 0 }
        ? Theirs.Time.CpuSeconds / Ours.Time.CpuSeconds
        : null;

    /// <summary>The highest step of the target that is reached, or nothing.</summary>
    internal string Reached => Target is not null && Ratio is { } ratio ? Target.Reached(ratio) : "";
}
