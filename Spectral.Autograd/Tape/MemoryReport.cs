using System.Globalization;
using System.Text;
using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>What the history of a tensor keeps for the backward pass, and what its device's pool holds.</summary>
/// <param name="Saved">Bytes saved by operation, in the order of the first call of each.</param>
/// <param name="Pool">Counters of the pool.</param>
/// <param name="Peak">What was in use at the pool's peak, by role.</param>
public sealed record MemoryReport(
    IReadOnlyList<MemoryReport.Row> Saved, PoolStatistics Pool, MemoryByRole Peak)
{
    /// <summary>What the calls of one operation save.</summary>
    /// <param name="Operation">Name of the operation.</param>
    /// <param name="Calls">How often it was called.</param>
    /// <param name="Bytes">Bytes that its calls save; memory saved by two calls counts twice.</param>
    public readonly record struct Row(string Operation, int Calls, long Bytes);

    /// <summary>Bytes saved in all.</summary>
    public long SavedBytes => Saved.Sum(row => row.Bytes);

    /// <summary>Looks at the history of a tensor, before its backward pass.</summary>
    /// <param name="result">The loss, or any other result; without history nothing is saved.</param>
    public static MemoryReport Of(Tensor result)
    {
        var seen = new HashSet<Node>();
        var waiting = new Stack<Node>();
        if (result.Node is { } root)
            waiting.Push(root);
        while (waiting.TryPop(out var node))
        {
            if (!seen.Add(node))
                continue;
            foreach (var edge in node.Inputs)
                if (edge.Node is { } before)
                    waiting.Push(before);
        }

        var rows = seen.OrderBy(n => n.Sequence).GroupBy(n => n.Rule.Name)
            .Select(g => new Row(g.Key, g.Count(), g.Sum(n => n.Rule.SavedBytes)));
        var pool = result.Device.Pool;
        return new MemoryReport([.. rows], pool.Statistics, pool.PeakByRole);
    }

    /// <summary>A line for each operation, then the sums.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var row in Saved)
            text.Append(
                CultureInfo.InvariantCulture, $"{row.Operation,-20} {row.Calls,4} calls {row.Bytes,15:N0} bytes\n");
        return text.Append(CultureInfo.InvariantCulture, $"saved {SavedBytes:N0} bytes; ").Append(
            CultureInfo.InvariantCulture,
            $"in use {Pool.BytesInUse:N0}, peak {Pool.PeakBytesInUse:N0}, reserved {Pool.BytesReserved:N0} bytes\n")
            .Append(CultureInfo.InvariantCulture, $"at the peak: {Peak}").ToString();
    }
}
