using System.Diagnostics;

namespace Spectral.Bench;

/// <summary>Work that runs in this process.</summary>
/// <param name="run">Does it once; may leave work queued.</param>
/// <param name="wait">Waits for what is queued, or null.</param>
/// <param name="error">Distance from the same in double, or null.</param>
/// <param name="held">What to free in the end.</param>
internal sealed class LocalContender(
    Action run, Action? wait = null, Func<double>? error = null, params IDisposable[] held) : Contender
{
    internal override Sample Run(int runs)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < runs; i++)
            run();
        wait?.Invoke();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Sample(seconds / runs, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds / runs);
    }

    internal override double? Error() => error?.Invoke();

    public override void Dispose()
    {
        foreach (var resource in held)
            resource.Dispose();
    }
}
