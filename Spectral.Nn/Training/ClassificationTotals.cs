using Spectral.Autograd;

namespace Spectral.Nn;

/// <summary>Running sums of loss and hits over the batches of an epoch, in double on the host.</summary>
internal sealed class ClassificationTotals
{
    private double _loss;
    private int _hits;

    internal int Samples { get; private set; }

    internal double Loss => Samples == 0 ? 0 : _loss / Samples;

    internal double Accuracy => Samples == 0 ? 0 : _hits / (double)Samples;

    /// <summary>Adds a batch; reading the results waits for the device.</summary>
    internal void Add(Tensor meanLoss, Tensor logits, ReadOnlySpan<int> labels)
    {
        _loss += meanLoss.Item() * labels.Length;
        var scores = logits.ToDoubles();
        var classes = scores.Length / labels.Length;
        for (var i = 0; i < labels.Length; i++)
            if (ArgMax(scores.AsSpan(i * classes, classes)) == labels[i])
                _hits++;
        Samples += labels.Length;
    }

    private static int ArgMax(ReadOnlySpan<double> scores)
    {
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
            if (scores[i] > scores[best])
                best = i;
        return best;
    }
}
