namespace Spectral.Kernels;

/// <summary>
/// Base of every error that Spectral reports on purpose. The message is one sentence in a fixed form:
/// <c>[operation] what was given · what is allowed · what to do</c>.
/// </summary>
public class SpectralException : Exception
{
    /// <summary>Builds the message from its parts.</summary>
    /// <param name="operation">The operation, option or file that refuses.</param>
    /// <param name="given">What was given.</param>
    /// <param name="allowed">What is allowed.</param>
    /// <param name="remedy">What to do.</param>
    /// <param name="inner">The error underneath, if any.</param>
    public SpectralException(
        string operation, string given, string allowed, string remedy, Exception? inner = null)
        : base($"[{operation}] {given} · {allowed} · {remedy}", inner) => Operation = operation;

    /// <summary>The operation, option or file that refused.</summary>
    public string Operation { get; }
}
