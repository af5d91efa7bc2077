using System.Globalization;
using Spectral.Kernels;

namespace Spectral.Tests;

/// <summary>One kernel in the table of <c>docs/machine-code.md</c>.</summary>
/// <param name="Kernel">The form, as <see cref="KernelName"/> writes it.</param>
/// <param name="Group">Work-items of a group on CUDA.</param>
/// <param name="Use80">Registers and memory on sm_80; the table does not show them.</param>
/// <param name="Use">The same on sm_90.</param>
/// <param name="Code">The machine code for sm_90.</param>
internal sealed record MachineCodeRow(
    string Kernel, int Group, PtxasUse Use80, PtxasUse Use, MachineCode Code)
{
    internal const string Heading =
        "| kernel | group | registers | shared | local | occupancy sm_80 % | sm_90 % | hot loop | " +
        "fused % | arithmetic % | global loads | global stores | shared loads | shared stores |\n" +
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|";

    /// <summary>
    /// ILGPU orders values by chance, so that the assembler may need some registers more in one run than in
    /// another, and a loop an instruction or two.
    /// </summary>
    private const int RegistersByChance = 8;

    private const double PercentByChance = 2;

    /// <summary>Resident warps in percent, on sm_80 and on sm_90.</summary>
    internal (double Sm80, double Sm90) Occupancy { get; init; } = (
        Multiprocessor.Sm80.Occupancy(Use80.Registers, Use80.SharedBytes, Group),
        Multiprocessor.Sm90.Occupancy(Use.Registers, Use.SharedBytes, Group));

    /// <summary>What is worse here than in the table's row of the same kernel.</summary>
    internal IEnumerable<string> WorseThan(MachineCodeRow table)
    {
        var (mine, theirs) = (Code, table.Code);
        var atBest = new MachineCodeRow(
            Kernel, Group, Use80 with { Registers = Use80.Registers - RegistersByChance },
            Use with { Registers = Use.Registers - RegistersByChance }, Code).Occupancy;
        foreach (var (what, now, before, chance) in new (string, double, double, double)[]
        {
            ("occupancy on sm_80", atBest.Sm80, table.Occupancy.Sm80, 0.5),
            ("occupancy on sm_90", atBest.Sm90, table.Occupancy.Sm90, 0.5),
            ("share of multiply-adds", mine.Fused, theirs.Fused, PercentByChance),
            ("share of arithmetic", mine.Arithmetic, theirs.Arithmetic, PercentByChance),
            ("128-bit loads", mine.GlobalLoads.Bits128, theirs.GlobalLoads.Bits128, 0),
            ("128-bit stores", mine.GlobalStores.Bits128, theirs.GlobalStores.Bits128, 0),
            ("128-bit loads of shared memory", mine.SharedLoads.Bits128, theirs.SharedLoads.Bits128, 0),
            ("128-bit stores to shared memory", mine.SharedStores.Bits128, theirs.SharedStores.Bits128, 0),
            ("freedom from local memory", -Local, -table.Local, 0),
        })
            if (now < before - chance)
                yield return $"{Kernel}: {what} {Math.Abs(now):0.#}, in the table {Math.Abs(before):0.#}";
    }

    /// <summary>Reads a line of the table; null where it is none.</summary>
    internal static MachineCodeRow? Parse(string line)
    {
        var cells = line.Split('|', StringSplitOptions.TrimEntries);
        if (cells.Length != 16 || !cells[1].StartsWith('`'))
            return null;
        var use = new PtxasUse((int)Number(cells[3]), (int)Number(cells[4]), (int)Number(cells[5]), 0);
        return new MachineCodeRow(
            cells[1].Trim('`'), (int)Number(cells[2]), use, use, new MachineCode(
                (int)Number(cells[8]), Number(cells[9]), Number(cells[10]),
                Widths(cells[11]), Widths(cells[12]), Widths(cells[13]), Widths(cells[14])))
        {
            Occupancy = (Number(cells[6]), Number(cells[7])),
        };
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"| `{Kernel}` | {Group} | {Use.Registers} | {Use.SharedBytes} | {Local} | " +
        $"{Occupancy.Sm80:0} | {Occupancy.Sm90:0} | {Code.HotLoop} | {Code.Fused:0} | " +
        $"{Code.Arithmetic:0} | {Code.GlobalLoads} | {Code.GlobalStores} | {Code.SharedLoads} | {Code.SharedStores} |");

    private int Local => Use.LocalBytes + Use.SpillBytes;

    private static double Number(string cell) =>
        cell.Length == 0 ? 0 : double.Parse(cell, CultureInfo.InvariantCulture);

    private static Widths Widths(string cell)
    {
        var parts = cell.Split('/');
        return parts.Length != 3
            ? default
            : new Widths((int)Number(parts[0]), (int)Number(parts[1]), (int)Number(parts[2]));
    }
}
