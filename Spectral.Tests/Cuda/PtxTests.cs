using System.Text;
using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests;

/// <summary>
/// Every kernel form compiled for CUDA without a GPU: to PTX by ILGPU, and to machine code where NVIDIA's
/// assembler is at hand.
/// </summary>
public class PtxTests
{
    /// <summary>
    /// Kernels that may use local memory or spill, each with the reason; the key is the start of the name.
    /// </summary>
    private static readonly Dictionary<string, string> LocalMemoryAllowed = new()
    {
        ["LanesFftKernels.Transform<Lanes8<Double>"] =
            "for CPUs: the candidate is legal only on devices that prefer vector loops",
        ["LanesFftKernels.Transform<Lanes16<Single>"] = "for CPUs, as above",
        ["FewChannelKernels."] = "for CPUs, as above",
    };

    private const int KernelsAtATime = 32;

    private static readonly StringBuilder Report = new("# Kernels on CUDA, as the assembler sees them\n");

    [OneTimeTearDown]
    public void WriteReport() => File.WriteAllText(Repository.Artifact("ptx-report.md"), Report.ToString());

    [TestCase("sm_80")]
    [TestCase("sm_90")]
    public void Every_kernel_compiles_and_assembles_without_local_memory(string architecture)
    {
        var kernels = CudaKernels.All;
        List<string> problems = [.. CudaKernels.Problems];
        Assert.That(kernels, Has.Count.GreaterThan(0), "kernel forms");

        if (Ptxas.Find() is { } ptxas)
        {
            problems.AddRange(Assemble(ptxas, architecture, kernels));
        }
        else
        {
            if (Environment.GetEnvironmentVariable("CI") is "true" or "1")
                problems.Add("ptxas is missing, and continuous integration must have it: eng/fetch-ptxas.sh");
            TestContext.Out.WriteLine("no ptxas (eng/fetch-ptxas.sh gets it): PTX checked, not assembled");
            problems.AddRange(kernels.Where(k => Declares(k.Ptx, ".local") && !MayUseLocal(k.Name))
                .Select(k => $"{k.Name}: PTX declares local memory"));
        }

        Assert.That(problems, Is.Empty, string.Join('\n', problems));
    }

    [Test]
    public void The_assembler_report_is_read()
    {
        const string said = """
            ptxas info    : 0 bytes gmem
            ptxas info    : Compiling entry function 'K' for 'sm_90'
            ptxas info    : Function properties for K
                24 bytes stack frame, 4 bytes spill stores, 8 bytes spill loads
            ptxas info    : Used 40 registers, 2048 bytes smem, 584 bytes cmem[0]
            """;
        Assert.That(Ptxas.Parse(said), Is.EqualTo(new PtxasUse(40, 2048, 24, 12)));
    }

    [Test]
    public void Every_exception_to_the_rule_still_names_a_kernel()
    {
        var names = KernelForms.All.Select(KernelName.Of).ToList();
        var stale = LocalMemoryAllowed.Keys
            .Where(k => !names.Any(n => n.StartsWith(k, StringComparison.Ordinal)));
        Assert.That(stale, Is.Empty);
    }

    private static List<string> Assemble(
        string ptxas, string architecture, IReadOnlyList<CudaKernels.Compiled> kernels)
    {
        // Several kernels at a time, since starting the assembler takes as long as a small one; where it refuses some,
        // each by itself, to learn which.
        var rows = new (PtxasUse Use, string? Problem)[kernels.Count];
        var folder = Directory.CreateTempSubdirectory("spectral-ptx");
        Parallel.ForEach(Enumerable.Range(0, kernels.Count).Chunk(KernelsAtATime), some =>
        {
            try
            {
                var uses = Ptxas.AssembleModule(
                    ptxas, architecture, Array.ConvertAll(some, i => kernels[i]),
                    Path.Combine(folder.FullName, $"{some[0]}.cubin"));
                for (var i = 0; i < some.Length; i++)
                    rows[some[i]].Use = uses[i];
            }
            catch (InvalidOperationException)
            {
                foreach (var i in some)
                    rows[i] = Assemble(ptxas, architecture, kernels[i]);
            }
        });
        folder.Delete(recursive: true);

        var table = new StringBuilder()
            .AppendLine().AppendLine($"## {architecture}: {kernels.Count} kernels").AppendLine()
            .AppendLine("| kernel | registers | shared bytes | local bytes | spilled bytes |")
            .AppendLine("|---|---:|---:|---:|---:|");
        for (var i = 0; i < rows.Length; i++)
        {
            var (name, use) = (kernels[i].Name, rows[i].Use);
            table.Append($"| {name} | {use.Registers} | {use.SharedBytes} ")
                .AppendLine($"| {use.LocalBytes} | {use.SpillBytes} |");
            if (use.LocalBytes + use.SpillBytes > 0 && !MayUseLocal(name))
                rows[i].Problem = $"{name}: {use.LocalBytes} bytes of local memory, {use.SpillBytes} spilled";
        }

        TestContext.Out.Write(table);
        Report.Append(table);
        return [.. rows.Select(r => r.Problem).OfType<string>()];
    }

    private static (PtxasUse Use, string? Problem) Assemble(
        string ptxas, string architecture, CudaKernels.Compiled kernel)
    {
        try
        {
            return (Ptxas.Assemble(ptxas, architecture, kernel.Ptx), null);
        }
        catch (InvalidOperationException e)
        {
            return (default, $"{kernel.Name}: {e.Message}");
        }
    }

    private static bool MayUseLocal(string name) =>
        LocalMemoryAllowed.Keys.Any(k => name.StartsWith(k, StringComparison.Ordinal));

    private static bool Declares(string ptx, string space) =>
        ptx.Split('\n').Any(line => line.TrimStart().StartsWith(space + " ", StringComparison.Ordinal));
}
