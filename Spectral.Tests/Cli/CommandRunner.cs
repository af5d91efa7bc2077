using System.Diagnostics;
using Spectral.Cli;

namespace Spectral.Tests;

/// <summary>Runs the command, in this process or in one of its own.</summary>
internal static class CommandRunner
{
    /// <summary>In this process, with what it printed.</summary>
    internal static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var before = (Console.Out, Console.Error);
        Console.SetOut(output);
        Console.SetError(error);
        try
        {
            return (CommandLine.Run(args), output.ToString(), error.ToString());
        }
        finally
        {
            Console.SetOut(before.Out);
            Console.SetError(before.Error);
        }
    }

    /// <summary>In a process that can be killed; what it prints is dropped.</summary>
    internal static Process Start(params string[] args)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "spectral.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
