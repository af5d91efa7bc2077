using System.Runtime.CompilerServices;

namespace Spectral.Kernels;

/// <summary>
/// A part of an error's sentence, put together only if the error occurs: checks stand before every kernel, and writing
/// out a plan takes longer than a small one.
/// </summary>
[InterpolatedStringHandler]
public ref struct FailureText
{
    private readonly string? _whole;
    private DefaultInterpolatedStringHandler _parts;

    /// <summary>Begins a text that is needed unless the condition holds; what compilers call.</summary>
    public FailureText(int literalLength, int formattedCount, bool holds, out bool isNeeded)
    {
        isNeeded = !holds;
        _parts = isNeeded ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
    }

    private FailureText(string whole) => _whole = whole;

    /// <summary>A text that is there already.</summary>
    public static implicit operator FailureText(string text) => new(text);

    /// <summary>Adds what stands between the holes.</summary>
    public void AppendLiteral(string text) => _parts.AppendLiteral(text);

    /// <summary>Adds what fills a hole.</summary>
    public void AppendFormatted<T>(T value) => _parts.AppendFormatted(value);

    /// <summary>Adds what fills a hole, in a format.</summary>
    public void AppendFormatted<T>(T value, string? format) => _parts.AppendFormatted(value, format);

    /// <summary>The text, once.</summary>
    public string Finish() => _whole ?? _parts.ToStringAndClear();
}
