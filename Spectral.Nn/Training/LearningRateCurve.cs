using System.Globalization;
using System.Text;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>A step of a range test.</summary>
/// <param name="Rate">Learning rate of the step.</param>
/// <param name="Loss">Loss before it.</param>
/// <param name="Smoothed">Running mean of the losses so far.</param>
public readonly record struct LearningRatePoint(double Rate, double Loss, double Smoothed);

/// <summary>What <see cref="LearningRateFinder"/> saw, and the learning rate that follows from it.</summary>
public sealed class LearningRateCurve
{
    /// <summary>Takes the steps of a test.</summary>
    /// <exception cref="InvalidInputException">None of them has a finite loss.</exception>
    internal LearningRateCurve(IReadOnlyList<LearningRatePoint> points)
    {
        Throw.Unless(points.Count > 0, "learning-rate finder", "a first loss that is not finite",
            "a model that starts with a finite loss", "look for NaN in the data, or begin with a lower rate");
        (Points, Suggested) = (points, SteepestFall(points));
    }

    /// <summary>The steps, by rising learning rate.</summary>
    public IReadOnlyList<LearningRatePoint> Points { get; }

    /// <summary>
    /// The rate at which the smoothed loss falls fastest per factor of the rate: a good highest rate of a
    /// cycle, and a bold constant one.
    /// </summary>
    public double Suggested { get; }

    /// <summary>Writes rate, loss and smoothed loss, a row a step, atomically.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public void Save(string path)
    {
        var text = new StringBuilder("learningRate,loss,smoothedLoss\n");
        foreach (var p in Points)
            text.Append(CultureInfo.InvariantCulture, $"{p.Rate:R},{p.Loss:R},{p.Smoothed:R}\n");
        AtomicFile.WriteText(path, text.ToString());
    }

    // The slope over a few neighbours, up to the lowest point; where nothing falls, a tenth of that point's
    // rate.
    private static double SteepestFall(IReadOnlyList<LearningRatePoint> points)
    {
        const int Reach = 3;
        var lowest = Enumerable.Range(0, points.Count).MinBy(i => points[i].Smoothed);
        var (steepest, at) = (0.0, -1);
        for (var i = Reach; i + Reach < points.Count && i <= lowest; i++)
        {
            var (left, right) = (points[i - Reach], points[i + Reach]);
            var slope = (right.Smoothed - left.Smoothed) / Math.Log(right.Rate / left.Rate);
            if (slope < steepest)
                (steepest, at) = (slope, i);
        }

        return at >= 0 ? points[at].Rate : points[lowest].Rate / 10;
    }
}
