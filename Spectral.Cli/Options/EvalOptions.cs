namespace Spectral.Cli;

/// <summary>What <c>spectral eval</c> was asked to do, checked; a value.</summary>
/// <param name="Checkpoint">Folder of a run.</param>
/// <param name="Data">Built-in name or path.</param>
/// <param name="Rates">Compression rates in percent; empty for the bands of the training.</param>
/// <param name="Device">Device, or null for <c>SPECTRAL_DEVICE</c> and then the best one.</param>
/// <param name="Json">Print JSON.</param>
/// <param name="LimitTest">Test samples at most, or null for all.</param>
internal sealed record EvalOptions(
    string Checkpoint, string Data, IReadOnlyList<double> Rates, string? Device, bool Json,
    int? LimitTest = null);
