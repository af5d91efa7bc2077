using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Spectral.Bench;

/// <summary>
/// PyTorch in a process of its own that lives as long as the run: a request and its answer are a line of JSON
/// each (<c>Rivals/torch_rival.py</c> says which). <c>SPECTRAL_PYTHON</c> names another interpreter.
/// </summary>
internal sealed class TorchProcess : IDisposable
{
    private static readonly string[] Interpreters = ["python3", "/usr/bin/python3", "python"];

    private readonly Process? _process;
    private readonly TextWriter _requests;
    private readonly TextReader _answers;

    /// <summary>Talks to a rival that answers on these two.</summary>
    internal TorchProcess(TextWriter requests, TextReader answers, Process? process = null)
    {
        (_requests, _answers, _process) = (requests, answers, process);
        var hello = Ask(new JsonObject { ["do"] = "hello" });
        IsGpu = (string?)hello["kind"] == "cuda";
        var versions = hello["versions"]!.AsObject().Select(v => $"{v.Key} {v.Value}");
        Description = $"{hello["name"]} ({string.Join(", ", versions)}) on {hello["device"]}, "
            + $"{hello["threads"]} threads";
    }

    /// <summary>Versions and device, for the head of the report.</summary>
    internal string Description { get; }

    /// <summary>Whether it computes on a GPU.</summary>
    internal bool IsGpu { get; }

    /// <summary>Starts the first interpreter that has PyTorch.</summary>
    /// <exception cref="RivalException">None has it.</exception>
    internal static TorchProcess Start()
    {
        var chosen = Environment.GetEnvironmentVariable("SPECTRAL_PYTHON");
        string[] candidates = chosen is null ? Interpreters : [chosen];
        foreach (var python in candidates)
            if (HasTorch(python))
                return Start(python, Path.Combine(AppContext.BaseDirectory, "Rivals", "torch_rival.py"));
        throw new RivalException(
            $"no PyTorch for {string.Join(", ", candidates)} (on Debian: python3-torch; SPECTRAL_PYTHON "
            + "names another interpreter)");
    }

    /// <summary>Starts a script that answers as <c>torch_rival.py</c> does.</summary>
    internal static TorchProcess Start(string python, string script)
    {
        var process = Process.Start(new ProcessStartInfo(python, [script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,

            // glibc gives freed tensors back to the system, which fills each page with zeros when it is touched next: on
            // virtual machines that can take longer than the convolution. With these it keeps them.
            Environment =
            {
                ["MALLOC_MMAP_MAX_"] = "0",
                ["MALLOC_TRIM_THRESHOLD_"] = $"{1L << 40}",
            },
        }) ?? throw new RivalException($"'{python}' did not start");
        return new TorchProcess(process.StandardInput, process.StandardOutput, process);
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <exception cref="RivalException">It answered with an error, or not at all.</exception>
    internal JsonObject Ask(JsonObject request)
    {
        string? line;
        try
        {
            _requests.WriteLine(request.ToJsonString());
            _requests.Flush();
            line = _answers.ReadLine();
        }
        catch (IOException e)
        {
            throw new RivalException($"it ended: {e.Message}");
        }

        var answer = Parse(line ?? throw new RivalException("it ended without an answer"));
        return answer["error_text"] is { } error ? throw new RivalException(error.ToString()) : answer;
    }

    public void Dispose()
    {
        _requests.Dispose();
        if (_process is not null && !_process.WaitForExit(TimeSpan.FromSeconds(5)))
            _process.Kill();
        _process?.Dispose();
    }

    private static JsonObject Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line)!.AsObject();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new RivalException($"it answered '{line}'");
        }
    }

    private static bool HasTorch(string python)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(
                python, ["-c", "import importlib.util as u, sys; sys.exit(u.find_spec('torch') is None)"])
            {
                RedirectStandardError = true,
            });
            process!.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
