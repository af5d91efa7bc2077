using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Labelled samples of one shape in host memory or on disk. A sample has any number of axes, channels first:
/// [channels, length] for series, [channels, height, width] for images. Safe for reading by several threads.
/// </summary>
public abstract class Dataset
{
    /// <summary>Checks and keeps what every data set has.</summary>
    /// <param name="sampleShape">Sizes of one sample's axes, all positive.</param>
    /// <param name="labels">Class index of each sample.</param>
    /// <param name="classNames">Name of each class, in the order of the indices.</param>
    /// <exception cref="InvalidInputException">An empty shape or a label outside the classes.</exception>
    protected Dataset(int[] sampleShape, int[] labels, string[] classNames)
    {
        Throw.Unless(
            sampleShape.Length > 0 && sampleShape.All(size => size > 0), nameof(Dataset),
            $"sample shape [{string.Join(", ", sampleShape)}]", "one or more positive sizes",
            "give channels first, for example [1, length]");
        var wrong = Array.FindIndex(labels, label => label < 0 || label >= classNames.Length);
        Throw.Unless(
            wrong < 0, nameof(Dataset), wrong < 0 ? "" : $"label {labels[wrong]} at sample {wrong}",
            $"labels 0 to {classNames.Length - 1}", "name every class");
        SampleShape = sampleShape;
        SampleSize = checked(sampleShape.Aggregate(1, (product, size) => checked(product * size)));
        Labels = labels;
        ClassNames = classNames;
    }

    /// <summary>Sizes of one sample's axes, channels first.</summary>
    public int[] SampleShape { get; }

    /// <summary>How many values one sample has.</summary>
    public int SampleSize { get; }

    /// <summary>Class index of each sample.</summary>
    public int[] Labels { get; }

    /// <summary>
    /// Name of each class, in the order of the indices: numbers by value, else by code point.
    /// </summary>
    public string[] ClassNames { get; }

    /// <summary>How many samples there are.</summary>
    public int Count => Labels.Length;

    /// <summary>Writes one sample, row-major.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    /// <param name="destination"><see cref="SampleSize"/> values.</param>
    /// <exception cref="InvalidInputException">No such sample, or a destination of another size.</exception>
    public void CopySample(int index, Span<float> destination)
    {
        Throw.Unless(
            (uint)index < (uint)Count, nameof(CopySample), $"sample {index}", $"0 to {Count - 1}",
            "ask for a sample that exists");
        Throw.Unless(
            destination.Length == SampleSize, nameof(CopySample), $"room for {destination.Length} values",
            $"{SampleSize} values, shape [{string.Join(", ", SampleShape)}]", "give a span of that size");
        CopySampleCore(index, destination);
    }

    /// <summary>
    /// A part in which every class keeps its share: quotas n_c · count / n are rounded to whole numbers by
    /// the largest remainder, with at least one sample of each class. The samples of a class are drawn at
    /// random and stay in their order.
    /// </summary>
    /// <param name="count">Samples in the part; all are taken where there are no more.</param>
    /// <param name="seed">Which are drawn.</param>
    /// <exception cref="InvalidInputException">Fewer samples than classes.</exception>
    public Dataset Stratified(int count, ulong seed)
    {
        var chosen = Stratification.Choose(this, count, seed);
        return chosen.Length == Count ? this : new SubsetDataset(this, chosen);
    }

    /// <summary>Writes one sample; both arguments have been checked.</summary>
    protected abstract void CopySampleCore(int index, Span<float> destination);
}

/// <summary>A data set whose values lie in one array.</summary>
public sealed class InMemoryDataset : Dataset
{
    /// <summary>Takes the arrays over without a copy.</summary>
    /// <param name="values">Row-major [count, …sample shape].</param>
    /// <param name="sampleShape">Sizes of one sample's axes, channels first.</param>
    /// <param name="labels">Class index of each sample.</param>
    /// <param name="classNames">Name of each class.</param>
    /// <exception cref="InvalidInputException">Sizes that do not fit together.</exception>
    public InMemoryDataset(float[] values, int[] sampleShape, int[] labels, string[] classNames)
        : base(sampleShape, labels, classNames)
    {
        Throw.Unless(
            values.LongLength == (long)labels.Length * SampleSize, nameof(InMemoryDataset),
            $"{values.Length} values", $"{labels.Length} samples of {SampleSize} values",
            "give one label for each sample");
        Values = values;
    }

    /// <summary>All values, row-major [count, …sample shape].</summary>
    public float[] Values { get; }

    /// <inheritdoc/>
    protected override void CopySampleCore(int index, Span<float> destination) =>
        Values.AsSpan(index * SampleSize, SampleSize).CopyTo(destination);
}

/// <summary>A data set in its two published parts, with the same sample shape and the same classes.</summary>
/// <param name="Name">What the set is called.</param>
/// <param name="Train">The part to learn from.</param>
/// <param name="Test">The part to be judged by.</param>
public sealed record DataSplit(string Name, Dataset Train, Dataset Test)
{
    // All runs are judged by the same samples, whatever their seed.
    private const ulong TestSeed = 0;

    /// <summary>
    /// How images are normalised before a model sees them; null for series, which need none.
    /// </summary>
    public Normalization? Normalization { get; init; }

    /// <summary>
    /// At most so many samples of each part, every class with its share: see
    /// <see cref="Dataset.Stratified"/>. Which test samples are taken depends on their number alone.
    /// </summary>
    /// <param name="train">Training samples, or null for all.</param>
    /// <param name="test">Test samples, or null for all.</param>
    /// <param name="seed">Which training samples are drawn.</param>
    /// <exception cref="InvalidInputException">Fewer samples than classes.</exception>
    public DataSplit Limit(int? train, int? test, ulong seed) => this with
    {
        Train = train is { } trainCount ? Train.Stratified(trainCount, seed) : Train,
        Test = test is { } testCount ? Test.Stratified(testCount, TestSeed) : Test,
    };
}
