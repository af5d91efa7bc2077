using System.Globalization;
using System.Text.RegularExpressions;

namespace Spectral.Tests;

/// <summary>Memory instructions by what a thread moves at once.</summary>
internal readonly record struct Widths(int Bits128, int Bits64, int Narrow)
{
    public override string ToString() => $"{Bits128}/{Bits64}/{Narrow}";
}

/// <summary>What one kernel's machine code consists of.</summary>
/// <param name="HotLoop">Instructions of the hot loop.</param>
/// <param name="Fused">Of them multiply-adds, in percent; matrix instructions count as such.</param>
/// <param name="Arithmetic">Of them multiply-adds, sums and products of reals, in percent.</param>
/// <param name="GlobalLoads">Loads of global memory in the whole kernel.</param>
/// <param name="GlobalStores">Stores to global memory.</param>
/// <param name="SharedLoads">Loads of shared memory.</param>
/// <param name="SharedStores">Stores to shared memory.</param>
internal sealed partial record MachineCode(
    int HotLoop, double Fused, double Arithmetic,
    Widths GlobalLoads, Widths GlobalStores, Widths SharedLoads, Widths SharedStores)
{
    private readonly record struct Instruction(int Address, string Name, string Rest);

    /// <summary>Reads one kernel as nvdisasm writes it.</summary>
    internal static MachineCode Parse(string text)
    {
        var (code, labels) = Read(text);
        var hot = HotLoopOf(code, labels);
        return new MachineCode(
            hot.Count, Percent(hot, IsFused), Percent(hot, i => IsFused(i) || IsPlain(i)),
            Count(code, "LDG", "LDGSTS", "LD"), Count(code, "STG", "ST"), Count(code, "LDS", "LDSM"),
            Count(code, "STS"));
    }

    private static (List<Instruction> Code, Dictionary<string, int> Labels) Read(string text)
    {
        var code = new List<Instruction>();
        var labels = new Dictionary<string, int>();
        var waiting = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            if (Label().Match(line) is { Success: true } label)
                waiting.Add(label.Groups[1].Value);
            if (Line().Match(line) is not { Success: true } found || found.Groups[2].Value == "NOP")
                continue;
            var address = int.Parse(
                found.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            foreach (var name in waiting)
                labels[name] = address;
            waiting.Clear();
            code.Add(new Instruction(address, found.Groups[2].Value, found.Groups[3].Value));
        }

        return (code, labels);
    }

    /// <summary>
    /// Of the loops that hold no other, the one with most multiply-adds, else most arithmetic, else the
    /// longest; the whole kernel where there is none. A loop is what lies between a jump back and its target.
    /// </summary>
    private static List<Instruction> HotLoopOf(List<Instruction> code, Dictionary<string, int> labels)
    {
        var loops = (
            from jump in code
            where jump.Name.StartsWith("BRA", StringComparison.Ordinal)
            let target = Target().Match(jump.Rest)
            where target.Success && labels.ContainsKey(target.Groups[1].Value)
            let start = labels[target.Groups[1].Value]
            where start < jump.Address
            select (Start: start, End: jump.Address)).Distinct().ToList();
        return loops
            .Where(l => !loops.Any(o => o != l && o.Start >= l.Start && o.End <= l.End))
            .Select(l => code.Where(i => i.Address >= l.Start && i.Address <= l.End).ToList())
            .OrderByDescending(l => l.Count(IsFused)).ThenByDescending(l => l.Count(IsPlain))
            .ThenByDescending(l => l.Count)
            .FirstOrDefault() ?? code;
    }

    private static double Percent(List<Instruction> code, Func<Instruction, bool> which) =>
        100.0 * code.Count(which) / Math.Max(1, code.Count);

    private static bool IsFused(Instruction i) => Kind(i) is "FFMA" or "DFMA" or "HMMA" or "DMMA";

    private static bool IsPlain(Instruction i) => Kind(i) is "FADD" or "FMUL" or "DADD" or "DMUL";

    private static string Kind(Instruction i) => i.Name.Split('.')[0];

    private static Widths Count(List<Instruction> code, params string[] kinds)
    {
        var widths = code.Where(i => kinds.Contains(Kind(i))).Select(i => i.Name.Split('.')).ToList();
        var wide = widths.Count(w => w.Contains("128"));
        var middle = widths.Count(w => w.Contains("64"));
        return new Widths(wide, middle, widths.Count - wide - middle);
    }

    [GeneratedRegex(@"^\s*(\.L_\w+):")]
    private static partial Regex Label();

    [GeneratedRegex(@"/\*([0-9a-f]+)\*/\s+\{?\s*(?:@!?U?P\w+\s+)?([A-Z][A-Z0-9_.]*)([^;]*);")]
    private static partial Regex Line();

    [GeneratedRegex(@"`\((\.L_\w+)\)")]
    private static partial Regex Target();
}
