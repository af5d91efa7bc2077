namespace Spectral.Nn;

/// <summary>What one epoch came to: a row of <c>metrics.csv</c>.</summary>
/// <param name="Epoch">Number of the epoch, from 1.</param>
/// <param name="TrainLoss">Mean loss over the training samples, as they were seen.</param>
/// <param name="TrainAccuracy">Share of them classified rightly, 0 … 1, as they were seen.</param>
/// <param name="TestLoss">Mean loss over the test samples after the epoch.</param>
/// <param name="TestAccuracy">Share of them classified rightly, 0 … 1.</param>
/// <param name="Seconds">Duration of the training part.</param>
/// <param name="PeakDeviceBytes">Most device memory in use at once during the training part.</param>
/// <param name="AchievedCompression">Share of the stored spectra discarded, 0 … 1.</param>
/// <param name="TestTop5Accuracy">
/// Share of the test samples whose class is among the five largest scores; null with five classes or fewer,
/// and in epochs without a test. No column of <c>metrics.csv</c>.
/// </param>
public sealed record EpochMetrics(
    int Epoch, double TrainLoss, double TrainAccuracy, double TestLoss, double TestAccuracy, double Seconds,
    long PeakDeviceBytes, double AchievedCompression, double? TestTop5Accuracy = null);
