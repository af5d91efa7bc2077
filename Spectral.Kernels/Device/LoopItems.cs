namespace Spectral.Kernels;

/// <summary>
/// Work-items among which a CPU's kernel deals out a loop: some for each core, so that one that is late holds the others
/// up for little, or one where a core has done everything before another has woken up for it.
/// </summary>
internal static class LoopItems
{
    private const int PerCore = 8;

    // Nanoseconds of one core, measured: an element that is moved, and an operation of a product.
    private const double TimeOfElement = 0.25, TimeOfOperation = 0.005;

    /// <summary>Work-items, if there are as many pieces of work.</summary>
    /// <param name="limits">Of the device.</param>
    /// <param name="elements">Elements that are moved in all.</param>
    /// <param name="operations">Real operations in all.</param>
    internal static int For(DeviceLimits limits, double elements, double operations) =>
        (elements * TimeOfElement) + (operations * TimeOfOperation) < limits.WakeTime ? 1 : PerCore * limits.Cores;
}
