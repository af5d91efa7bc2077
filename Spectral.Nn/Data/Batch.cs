namespace Spectral.Nn;

/// <summary>
/// Samples that are processed together. The loader fills the same few batches again and again: what is needed
/// beyond the next step of the loop must be copied.
/// </summary>
public sealed class Batch
{
    private readonly int[] _sampleShape;
    private readonly int _sampleSize;

    internal Batch(int capacity, Dataset dataset)
    {
        _sampleShape = dataset.SampleShape;
        _sampleSize = dataset.SampleSize;
        Values = new float[checked(capacity * _sampleSize)];
        Labels = new int[capacity];
        Indices = new int[capacity];
        Shape = [capacity, .. _sampleShape];
    }

    /// <summary>
    /// Row-major [capacity, …sample shape]; only the first <see cref="Count"/> samples are valid.
    /// </summary>
    public float[] Values { get; }

    /// <summary>Class index of each sample; only the first <see cref="Count"/> are valid.</summary>
    public int[] Labels { get; }

    /// <summary>Which sample of the data set each is; only the first <see cref="Count"/> are valid.</summary>
    public int[] Indices { get; }

    /// <summary>How many samples there are; less than the batch size at most in the last batch.</summary>
    public int Count => Shape[0];

    /// <summary>[count, …sample shape].</summary>
    public int[] Shape { get; private set; }

    /// <summary>The valid values, row-major as <see cref="Shape"/> says.</summary>
    public ReadOnlySpan<float> ValueSpan => Values.AsSpan(0, Count * _sampleSize);

    /// <summary>The valid labels.</summary>
    public ReadOnlySpan<int> LabelSpan => Labels.AsSpan(0, Count);

    internal Span<float> Sample(int i) => Values.AsSpan(i * _sampleSize, _sampleSize);

    internal void SetCount(int count)
    {
        // A new array: the old one may still be held as the shape of a tensor.
        if (count != Count)
            Shape = [count, .. _sampleShape];
    }
}
