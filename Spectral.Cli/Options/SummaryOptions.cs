using Spectral.Kernels;

namespace Spectral.Cli;

/// <summary>What <c>spectral summary</c> was asked to do, checked; a value.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Data">Built-in name or path of a data set that gives shape and classes, or null.</param>
/// <param name="Input">Shape of a sample, where no data set gives it.</param>
/// <param name="Classes">Number of classes, where no data set gives it.</param>
/// <param name="Batch">Samples in the pass.</param>
/// <param name="Bands">One band for all layers, or one for each band-limited layer.</param>
/// <param name="FftSize">How FFT lengths are chosen.</param>
/// <param name="Device">Device, or null for <c>SPECTRAL_DEVICE</c> and then the best one.</param>
/// <param name="Profile">Also measure training steps, by kernel.</param>
/// <param name="Json">Print JSON.</param>
internal sealed record SummaryOptions(
    string Model, string? Data, IReadOnlyList<int> Input, int Classes, int Batch, IReadOnlyList<Band> Bands,
    FftSizePolicy FftSize, string? Device, bool Profile, bool Json);
