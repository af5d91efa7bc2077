using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>
/// The fixed suite against its rivals: progress on standard error, Markdown on standard output, both
/// formats in a folder where one is named.
/// </summary>
internal static class SuiteProgram
{
    /// <summary>Word that starts the suite instead of BenchmarkDotNet.</summary>
    internal const string Word = "suite";

    /// <returns>Exit code: 0, 1 for a failure, 2 for a wrong command line.</returns>
    internal static int Run(IReadOnlyList<string> args)
    {
        try
        {
            Measure(SuiteOptions.Parse(args));
            return 0;
        }
        catch (SpectralException e)
        {
            Console.Error.WriteLine($"spectral: {e.Message}");
            return e is InvalidInputException or DeviceNotFoundException ? 2 : 1;
        }
    }

    private static void Measure(SuiteOptions options)
    {
        using var device = ComputeDevice.Open(options.Device);
        using var rivals = new RivalSet(options.Rivals);
        var context = new SuiteContext(device, rivals, options);
        if (options.Scaling)
        {
            Throw.Unless(
                options.Out is not null, "--scaling", "no --out", "a folder for the figures", "name one");
            ScalingRun.Run(context, RefereeOf(context, default), options.Out!);
            return;
        }

        var contests = options.Choose(AllContests(context));
        Throw.Unless(contests.Count > 0, "--filter", $"'{string.Join("', '", options.Filters ?? [])}'",
            "expressions that match the block, case and pass of a contest", "leave it out to see all names");

        var ceilings = Ceilings.Measure(device);
        var header = RunHeader.Of(context, ceilings);
        var referee = RefereeOf(context, ceilings);
        List<Result> results = [];
        for (var i = 0; i < contests.Count; i++)
        {
            Console.Error.WriteLine(
                $"{i + 1}/{contests.Count} {contests[i].Block}: {contests[i].Case}, {contests[i].Pass}");
            results.AddRange(referee.Run(contests[i]));
            device.Pool.Trim();
            Save(options, header, results);
        }

        header.Facts.Add(("load at end", RunHeader.LoadAverage()));
        Save(options, header, results);
        Console.Out.Write(MarkdownReport.Write(header, results));
    }

    private static Referee RefereeOf(SuiteContext context, Ceilings ceilings) =>
        new(context.Options, context.Rivals, ceilings, context.IsGpu);

    // After each contest, so that what was measured outlives an interruption.
    private static void Save(SuiteOptions options, RunHeader header, IReadOnlyList<Result> results)
    {
        if (options.Out is not { } folder)
            return;
        AtomicFile.WriteText(Path.Combine(folder, "bench.md"), MarkdownReport.Write(header, results));
        AtomicFile.WriteText(Path.Combine(folder, "bench.json"), JsonReport.Write(header, results));
    }

    /// <summary>The fixed suite.</summary>
    internal static IEnumerable<Contest> AllContests(SuiteContext context) =>
    [
        .. LayerBlocks.Contests(context), .. TransformBlocks.Contests(context),
        .. ProductBlocks.Contests(context), .. StepBlock.Contests(context),
    ];
}
