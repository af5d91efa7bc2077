using Spectral.Kernels;

namespace Spectral.Tests;

/// <summary>Ways of a band-limited convolution that give the right result, by the rules and not by the planner.</summary>
internal static class ConvMethods
{
    /// <param name="isFull">Whether every bin is kept.</param>
    /// <param name="stride">The larger of both axes'.</param>
    internal static IEnumerable<ConvMethod> Legal(bool isFull, int stride) =>
        Enum.GetValues<ConvMethod>().Where(method =>
            (isFull || method != ConvMethod.Direct) && (stride == 1 || method != ConvMethod.LowPassOutput));
}
