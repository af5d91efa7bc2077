using System.Globalization;
using System.Text;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Keeps <c>metrics.csv</c>: a header and a row an epoch, numbers in the invariant culture. The file is
/// replaced whole after each epoch, so that a reader never sees half a row.
/// </summary>
/// <param name="path">The file.</param>
public sealed class CsvLog(string path) : ITrainerCallback
{
    private const string Header =
        "epoch,trainLoss,trainAccuracy,testLoss,testAccuracy,seconds,peakDeviceBytes,achievedCompression";

    private readonly List<EpochMetrics> _rows = [];

    /// <inheritdoc/>
    public void OnStart(Trainer trainer, IReadOnlyList<EpochMetrics> history)
    {
        _rows.Clear();
        _rows.AddRange(history);
        Write();
    }

    /// <inheritdoc/>
    public void OnEpochEnd(Trainer trainer, EpochMetrics metrics)
    {
        _rows.Add(metrics);
        Write();
    }

    private void Write()
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var r in _rows)
            text.Append(CultureInfo.InvariantCulture,
                $"{r.Epoch},{r.TrainLoss:R},{r.TrainAccuracy:R},{r.TestLoss:R},{r.TestAccuracy:R},").Append(
                CultureInfo.InvariantCulture,
                $"{r.Seconds:F4},{r.PeakDeviceBytes},{r.AchievedCompression:R}\n");
        AtomicFile.WriteText(path, text.ToString());
    }
}
