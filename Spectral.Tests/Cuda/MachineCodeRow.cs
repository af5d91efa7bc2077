using System.Globalization;
using Spectral.Kernels;

namespace Spectral.Tests;

/// <summary>One kernel in the table of <c>docs/machine-code.md</c>.</summary>
/// <param name="Kernel">The form, as <see cref="KernelName"/> writes it.</param>
/// <param name="Group">Work-items of a group on CUDA.</param>
/// <param name="Use">Registers and memory, on sm_90.</param>
/// <param name="Occupancy80">Resident warps on sm_80, in percent.</param>
/// <param name="Occupancy90">The same on sm_90.</param>
/// <param name="Code">The machine code for sm_90.</param>
internal sealed record MachineCodeRow(
    string Kernel, int Group, PtxasUse Use, double Occupancy80, double Occupancy90, MachineCode Code)
{
    internal const string Heading =
        "| kernel | group | registers | shared | local | occupancy sm_80 % | sm_90 % | hot loop | fused % | " +
        "arithmetic % | global loads | global stores | shared loads | shared stores |\n" +
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|";

    /// <summary>Half a percent: what rounding in the table can make.</summary>
    private const double Rounding = 0.5;

    /// <summary>What is worse here than in the table's row of the same kernel.</summary>
    internal IEnumerable<string> WorseThan(MachineCodeRow table)
    {
        var (mine, theirs) = (Code, table.Code);
        foreach (var (what, now, before) in new (string, double, double)[]
        {
            ("occupancy on sm_80", Occupancy80, table.Occupancy80),
            ("occupancy on sm_90", Occupancy90, table.Occupancy90),
            ("share of multiply-adds", mine.Fused, theirs.Fused),
            ("share of arithmetic", mine.Arithmetic, theirs.Arithmetic),
            ("128-bit loads", mine.GlobalLoads.Bits128, theirs.GlobalLoads.Bits128),
            ("128-bit stores", mine.GlobalStores.Bits128, theirs.GlobalStores.Bits128),
            ("128-bit loads of shared memory", mine.SharedLoads.Bits128, theirs.SharedLoads.Bits128),
            ("128-bit stores to shared memory", mine.SharedStores.Bits128, theirs.SharedStores.Bits128),
            ("freedom from local memory", -Use.LocalBytes, -table.Use.LocalBytes),
        })
            if (now < before - Rounding)
                yield return $"{Kernel}: {what} {Math.Abs(now):0.#}, in the table {Math.Abs(before):0.#}";
    }

    /// <summary>Reads a line of the table; null where it is none.</summary>
    internal static MachineCodeRow? Parse(string line)
    {
        var cells = line.Split('|', StringSplitOptions.TrimEntries);
        if (cells.Length != 16 || !cells[1].StartsWith('`'))
            return null;
        return new MachineCodeRow(
            cells[1].Trim('`'), (int)Number(cells[2]),
            new PtxasUse((int)Number(cells[3]), (int)Number(cells[4]), (int)Number(cells[5]), 0),
            Number(cells[6]), Number(cells[7]),
            new MachineCode(
                (int)Number(cells[8]), Number(cells[9]), Number(cells[10]),
                Widths(cells[11]), Widths(cells[12]), Widths(cells[13]), Widths(cells[14])));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"| `{Kernel}` | {Group} | {Use.Registers} | {Use.SharedBytes} | {Use.LocalBytes + Use.SpillBytes} | " +
        $"{Occupancy80:0} | {Occupancy90:0} | {Code.HotLoop} | {Code.Fused:0} | {Code.Arithmetic:0} | " +
        $"{Code.GlobalLoads} | {Code.GlobalStores} | {Code.SharedLoads} | {Code.SharedStores} |");

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
