using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Share of samples whose label is among the largest scores. Batches are counted on the device without
/// waiting; only <see cref="Value"/> and <see cref="Hits"/> wait.
/// </summary>
/// <param name="topK">How many of the largest scores count; of equal ones the lower class is first.</param>
public sealed class Accuracy(int topK = 1) : IDisposable
{
    private DeviceArray? _hits;

    /// <summary>Samples counted since the last <see cref="Reset"/>.</summary>
    public long Count { get; private set; }

    /// <summary>Samples among them that hit.</summary>
    public int Hits => _hits is null ? 0 : _hits.ToArray<int>()[0];

    /// <summary>Hits over samples, from 0 to 1; NaN before any sample.</summary>
    public double Value => Count == 0 ? double.NaN : (double)Hits / Count;

    /// <summary>Counts a batch.</summary>
    /// <param name="scores">[N, classes]: logits, log-probabilities or probabilities.</param>
    /// <param name="labels">[N], Int32, on the same device.</param>
    /// <exception cref="InvalidInputException">The shapes or types do not fit.</exception>
    public void Add(Tensor scores, Tensor labels)
    {
        Throw.Unless(
            scores.Rank == 2 && labels.Rank == 1 && scores.Shape[0] == labels.Shape[0], "accuracy",
            $"scores {scores.Shape} and labels {labels.Shape}", "[N, classes] and [N]", "match the batches");
        if (_hits is null || _hits.Device != scores.Device)
        {
            Reset();
            _hits?.Dispose();
            _hits = new DeviceArray(scores.Device, DType.Int32, 1, "accuracy");
            _hits.Clear();
        }

        TopHits.Add(scores.Data, labels.Data, _hits, topK);
        Count += scores.Shape[0];
    }

    /// <summary>Starts to count anew.</summary>
    public void Reset()
    {
        _hits?.Clear();
        Count = 0;
    }

    /// <summary>Frees the counter.</summary>
    public void Dispose()
    {
        _hits?.Dispose();
        _hits = null;
    }
}
