using NUnit.Framework;

namespace Spectral.Tests;

/// <summary>
/// Machine code for NVIDIA's processors, as the disassembler shows it, beside the documented table.
/// </summary>
public class MachineCodeTests
{
    /// <summary>The release of NVIDIA's tools that the documented table was made with.</summary>
    private const string Release = "11.8";

    private static string Page => Path.Combine(Repository.Root, "docs", "machine-code.md");

    private static List<MachineCodeRow> Documented() =>
        [.. File.ReadLines(Page).Select(MachineCodeRow.Parse).OfType<MachineCodeRow>()];

    [Test]
    public void No_kernel_is_worse_than_documented()
    {
        var table = Documented();
        var byName = CudaKernels.All.ToLookup(k => k.Name);
        Assert.That(
            table.Where(r => !byName.Contains(r.Kernel)).Select(r => r.Kernel), Is.Empty, "no such kernel");
        Assert.That(table, Has.Count.GreaterThan(20));
        if (Ptxas.Find() is not { } ptxas || Ptxas.FindDisassembler() is not { } disassembler)
        {
            Assert.That(Environment.GetEnvironmentVariable("CI"), Is.Not.EqualTo("true").And.Not.EqualTo("1"),
                "continuous integration must have ptxas and nvdisasm: eng/fetch-ptxas.sh");
            TestContext.Out.WriteLine("no ptxas or nvdisasm (eng/fetch-ptxas.sh gets them): names checked");
            return;
        }

        var kernels = table.ConvertAll(r => byName[r.Kernel].First());
        var now = Disassemble(ptxas, disassembler, kernels, table.ConvertAll(r => r.Group));
        var artifact = Repository.Artifact("machine-code.md");
        File.WriteAllLines(artifact, [MachineCodeRow.Heading, .. now.Select(r => r.ToString())]);
        if (Ptxas.ReleaseOf(ptxas) != Release)
            TestContext.Out.WriteLine($"the table is of release {Release}: {artifact} shows the one here");
        else
            Assert.That(now.Zip(table).SelectMany(pair => pair.First.WorseThan(pair.Second)), Is.Empty,
                $"where this is meant, take the rows of {artifact} over into {Page}");
    }

    [Test]
    public void A_worse_kernel_is_noticed()
    {
        var use = new PtxasUse(64, 0, 0, 0);
        var good = new MachineCodeRow("K", 256, use, use,
            new MachineCode(100, 90, 95, new(4, 0, 0), new(4, 0, 0), new(4, 0, 0), new(4, 0, 0)));
        Assert.That(good.WorseThan(good), Is.Empty);
        Assert.That(MachineCodeRow.Parse(good.ToString()), Is.EqualTo(good));
        Assert.That((good with { Use = use with { LocalBytes = 8 } }).WorseThan(good).Count(), Is.EqualTo(1));
        Assert.That((good with { Use = use with { Registers = 71 } }).WorseThan(good), Is.Empty, "chance");
        var large = good with { Use = use with { Registers = 128 } };
        Assert.That(large.WorseThan(good).Count(), Is.EqualTo(1));
        var slow = good.Code with { Fused = 60, GlobalLoads = new(0, 0, 16) };
        Assert.That((good with { Code = slow }).WorseThan(good).Count(), Is.EqualTo(2));
    }

    [Test]
    public void The_disassembly_is_read()
    {
        const string text = """
            .text.k_0:
                    /*0000*/                   LDC R1, c[0x0][0x28] ;
            .L_x_0:
                    /*0010*/                   LDG.E R2, [R4.64] ;
            .L_x_1:
                    /*0020*/                   LDS.128 R8, [R5+0x10] ;
                    /*0030*/              @!P0 FFMA R16, R11.reuse, R4, R16 ;
                    /*0040*/                   FADD R16, R16, R4 ;
                    /*0050*/              @!P1 BRA `(.L_x_1) ;
                    /*0060*/                   STG.E.64 desc[UR4][R2.64], R8 ;
                    /*0070*/               @P2 BRA `(.L_x_0) ;
                    /*0080*/                   EXIT ;
            .L_x_2:
                    /*0090*/                   BRA `(.L_x_2);
                    /*00a0*/                   NOP;
            """;
        Assert.That(MachineCode.Parse(text), Is.EqualTo(new MachineCode(
            4, 25, 50, new(0, 0, 1), new(0, 1, 0), new(1, 0, 0), default)));
    }

    private static List<MachineCodeRow> Disassemble(
        string ptxas, string disassembler, List<CudaKernels.Compiled> kernels, List<int> groups)
    {
        var folder = Directory.CreateTempSubdirectory("spectral-sass");
        try
        {
            var cubin = Path.Combine(folder.FullName, "kernels.cubin");
            var uses80 = Ptxas.AssembleModule(ptxas, "sm_80", kernels, cubin);
            var uses90 = Ptxas.AssembleModule(ptxas, "sm_90", kernels, cubin);
            var texts = Ptxas.Run(disassembler, "-c", cubin).Split(".section\t.text.k_").Skip(1)
                .ToDictionary(t => int.Parse(t[..t.IndexOf(',')]));
            return [.. kernels.Select((k, i) => new MachineCodeRow(
                k.Name, groups[i], uses80[i], uses90[i], MachineCode.Parse(texts[i])))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
