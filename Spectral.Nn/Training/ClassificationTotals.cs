using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Running sums of loss and hits over the batches of an epoch. Losses wait on the device, a batch after the
/// other, and are read many at a time; they are added in double on the host, in the order of the batches.
/// </summary>
internal sealed class ClassificationTotals : IDisposable
{
    /// <summary>With more classes than this the five best guesses are counted as well.</summary>
    internal const int FewClasses = 5;

    // Reading waits for the device: seldom enough to cost nothing, often enough to notice a loss that is no
    // number long before the epoch ends.
    private const int Unread = 64;

    private readonly Accuracy _first = new(), _five = new(FewClasses);
    private readonly int[] _counts = new int[Unread];
    private DeviceArray? _losses;
    private double _loss;
    private int _unread, _classes;

    internal int Samples { get; private set; }

    /// <summary>Mean loss of a sample; waits for the device.</summary>
    internal double Loss
    {
        get
        {
            Read();
            return Samples == 0 ? 0 : _loss / Samples;
        }
    }

    /// <summary>Sum of the losses that have been read so far; does not wait.</summary>
    internal double LossSoFar => _loss;

    /// <summary>Share of the samples whose label has the largest score; waits for the device.</summary>
    internal double Accuracy => Samples == 0 ? 0 : _first.Value;

    /// <summary>The same with the five largest scores; null with few classes.</summary>
    internal double? Top5Accuracy => _classes <= FewClasses ? null : _five.Value;

    /// <summary>Adds a batch without waiting for it.</summary>
    internal void Add(Tensor meanLoss, Tensor logits, Tensor labels)
    {
        _losses ??= new DeviceArray(meanLoss.Device, meanLoss.DType, Unread, "metrics");
        _losses.CopyFrom(meanLoss.Data, _unread);
        _counts[_unread++] = labels.Length;
        _first.Add(logits, labels);
        _classes = logits.Shape[1];
        if (_classes > FewClasses)
            _five.Add(logits, labels);
        Samples += labels.Length;
        if (_unread == Unread)
            Read();
    }

    public void Dispose()
    {
        _losses?.Dispose();
        _first.Dispose();
        _five.Dispose();
    }

    private void Read()
    {
        if (_losses is null || _unread == 0)
            return;
        var losses = _losses.DType == DType.Float64
            ? _losses.ToArray<double>()
            : Array.ConvertAll(_losses.ToArray<float>(), v => (double)v);
        for (var i = 0; i < _unread; i++)
            _loss += losses[i] * _counts[i];
        _unread = 0;
    }
}
