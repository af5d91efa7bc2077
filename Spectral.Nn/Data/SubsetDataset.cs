namespace Spectral.Nn;

/// <summary>Some samples of a data set, without a copy of their values.</summary>
internal sealed class SubsetDataset(Dataset whole, int[] indices) : Dataset(
    whole.SampleShape, [.. indices.Select(index => whole.Labels[index])], whole.ClassNames)
{
    /// <inheritdoc/>
    protected override void CopySampleCore(int index, Span<float> destination) =>
        whole.CopySample(indices[index], destination);
}
