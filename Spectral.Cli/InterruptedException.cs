namespace Spectral.Cli;

/// <summary>The user stopped a run; the message says how to go on.</summary>
internal sealed class InterruptedException(string message) : Exception(message);
