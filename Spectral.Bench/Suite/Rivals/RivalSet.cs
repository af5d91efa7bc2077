using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>A rival could not do what it was asked to.</summary>
internal sealed class RivalException(string message) : Exception(message);

/// <summary>
/// The rivals of a run: which are wanted, which are there, and the reason where one is not.
/// </summary>
internal sealed class RivalSet : IDisposable
{
    internal const string Torch = "torch";

    /// <summary>The original's algorithm, in PyTorch: the slowest by far.</summary>
    internal const string Original = "original";
    internal const string Fftw = "fftw";
    internal const string OpenBlas = "openblas";
    internal const string MathNet = "mathnet";

    private static readonly string[] Names = [Torch, Original, Fftw, OpenBlas, MathNet];

    private readonly IReadOnlyList<string> _wanted;
    private readonly Dictionary<string, string?> _missing = [];

    /// <summary>Looks for the rivals that are wanted, and starts PyTorch.</summary>
    /// <param name="wanted">Names; null for all.</param>
    /// <param name="startTorch">Starts the process of PyTorch; throws <see cref="RivalException"/>.</param>
    internal RivalSet(IReadOnlyList<string>? wanted, Func<TorchProcess>? startTorch = null)
    {
        _wanted = wanted ?? Names;
        var whyNoTorch = _wanted.Any(name => name is Torch or Original)
            ? TryStart(startTorch ?? TorchProcess.Start)
            : null;
        foreach (var name in _wanted)
            _missing[name] = name switch
            {
                Torch or Original => whyNoTorch,
                Fftw => Bench.Fftw.WhyMissing(),
                OpenBlas => Bench.OpenBlas.WhyMissing(),
                _ => null,
            };
    }

    /// <summary>PyTorch, where it is there.</summary>
    internal TorchProcess? TorchProcess { get; private set; }

    /// <summary>Each wanted rival with its version, or why it is missing.</summary>
    internal IEnumerable<(string Name, string State)> States => Names.Select(name => (name,
        !IsWanted(name) ? "left out on request"
        : WhyMissing(name) is { } why ? $"missing: {why}"
        : name switch
        {
            Torch => TorchProcess!.Description,
            Original => "its algorithm, in the same PyTorch",
            Fftw => Bench.Fftw.Version,
            OpenBlas => Bench.OpenBlas.Version,
            _ => "MathNet.Numerics "
            + typeof(MathNet.Numerics.Control).Assembly.GetName().Version?.ToString(3),
        }));

    /// <summary>Reads <c>all</c>, <c>none</c>, or names with commas between them.</summary>
    /// <exception cref="InvalidInputException">An unknown name.</exception>
    internal static IReadOnlyList<string> Read(string text)
    {
        string[] names = text switch
        {
            "all" => Names,
            "none" => [],
            _ => text.Split(',', StringSplitOptions.TrimEntries),
        };
        foreach (var name in names)
            Throw.Unless(Names.Contains(name), "--rivals", $"'{name}'",
                $"all, none, or some of {string.Join(", ", Names)}", "give such names, separated by commas");
        return names;
    }

    /// <summary>Whether it was asked for.</summary>
    internal bool IsWanted(string rival) => _wanted.Contains(rival);

    /// <summary>Why a wanted rival is not there, or null.</summary>
    internal string? WhyMissing(string rival) => _missing.GetValueOrDefault(rival);

    public void Dispose() => TorchProcess?.Dispose();

    private string? TryStart(Func<TorchProcess> start)
    {
        try
        {
            TorchProcess = start();
            return null;
        }
        catch (RivalException e)
        {
            return e.Message;
        }
    }
}
