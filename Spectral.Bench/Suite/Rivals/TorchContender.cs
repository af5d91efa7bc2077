using System.Text.Json.Nodes;

namespace Spectral.Bench;

/// <summary>Work that PyTorch does in its process.</summary>
internal sealed class TorchContender : Contender
{
    private static int _count;

    private readonly TorchProcess _process;
    private readonly string _id = $"w{Interlocked.Increment(ref _count)}";
    private readonly bool _knowsError;

    /// <summary>Has it make the operands.</summary>
    /// <param name="process">PyTorch.</param>
    /// <param name="work">What to make: kind, sizes …</param>
    /// <param name="knowsError">Whether it can also compute in double in reasonable time.</param>
    /// <exception cref="RivalException">It cannot make them.</exception>
    internal TorchContender(TorchProcess process, JsonObject work, bool knowsError = true)
    {
        (_process, _knowsError) = (process, knowsError);
        var request = work.DeepClone().AsObject();
        (request["do"], request["id"]) = ("make", _id);
        _process.Ask(request);
    }

    internal override Sample Run(int runs)
    {
        var answer = Ask("time", runs);
        return new Sample((double)answer["seconds"]!, (double)answer["cpu"]!);
    }

    internal override double? Error() => _knowsError ? (double?)Ask("error", 1)["error"] : null;

    public override void Dispose()
    {
        try
        {
            Ask("drop", 1);
        }
        catch (RivalException)
        {
            // It is gone, and its memory with it.
        }
    }

    private JsonObject Ask(string request, int runs) =>
        _process.Ask(new JsonObject { ["do"] = request, ["id"] = _id, ["runs"] = runs });
}
