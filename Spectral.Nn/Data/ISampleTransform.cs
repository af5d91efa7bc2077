using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// A change that is made to each sample on its way into a batch, such as augmentation or normalisation. It is
/// called from the loader's thread and must depend on nothing but its arguments.
/// </summary>
public interface ISampleTransform
{
    /// <summary>Changes one sample in place.</summary>
    /// <param name="sample">The values, row-major.</param>
    /// <param name="shape">Sizes of the sample's axes, channels first.</param>
    /// <param name="random">Numbers that belong to this sample in this epoch, whatever the order.</param>
    void Apply(Span<float> sample, ReadOnlySpan<int> shape, Generator random);
}
