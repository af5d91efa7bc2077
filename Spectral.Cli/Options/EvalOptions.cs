using Spectral.Kernels;

namespace Spectral.Cli;

/// <summary>What <c>spectral eval</c> was asked to do, checked; a value.</summary>
/// <param name="Checkpoint">Folder of a run.</param>
/// <param name="Data">Built-in name or path.</param>
/// <param name="Bands">Bands to evaluate at; empty for those that the model was trained with.</param>
/// <param name="Device">Device, or null for <c>SPECTRAL_DEVICE</c> and then the best one.</param>
/// <param name="Json">Print JSON.</param>
internal sealed record EvalOptions(
    string Checkpoint, string Data, IReadOnlyList<Band> Bands, string? Device, bool Json);
