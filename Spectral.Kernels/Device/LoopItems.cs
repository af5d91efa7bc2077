namespace Spectral.Kernels;

/// <summary>
/// Work-items among which a CPU's kernel deals out a loop: some for each core, so that one that is late holds the others
/// up for little; or one, where a core has done everything before another has woken up for it. Through PoCL that takes as
/// long as tens of thousands of multiply-adds, and threads that look for work in vain hold up the one that has it
/// (measured on two cores: layers of series of 24 samples take two thirds of the time with one work-item a launch).
/// </summary>
internal static class LoopItems
{
    /// <summary>Work-items for each core.</summary>
    internal const int PerCore = 8;

    // In nanoseconds, for one core; an element is one that is moved.
    private const double WakeTime = 50_000, TimeOfElement = 0.25, TimeOfOperation = 0.005;

    /// <summary>Work-items, if there are as many pieces of work.</summary>
    /// <param name="cores">Cores of the device.</param>
    /// <param name="elements">Elements that are moved in all.</param>
    /// <param name="operations">Real operations in all.</param>
    internal static int For(int cores, double elements, double operations) =>
        (elements * TimeOfElement) + (operations * TimeOfOperation) < WakeTime ? 1 : PerCore * cores;
}
