namespace Spectral.Bench;

/// <summary>
/// The same work done in several ways, which are measured in turns. Nothing is allocated before
/// <see cref="Referee"/> asks for it.
/// </summary>
/// <param name="Block">Heading under which it is reported.</param>
/// <param name="Case">Which work.</param>
/// <param name="Pass">Which part of it: forward, forward+backward, step …</param>
internal sealed record Contest(string Block, string Case, string Pass)
{
    /// <summary>Our ways.</summary>
    internal List<OursEntry> Ours { get; } = [];

    /// <summary>The rivals' ways.</summary>
    internal List<RivalEntry> Rivals { get; } = [];

    /// <summary>Who is compared with whom.</summary>
    internal List<Pairing> Pairings { get; } = [];

    /// <summary>Operands that several share: freed when the contest is over.</summary>
    internal List<IDisposable> Shared { get; } = [];

    /// <summary>How many times as many samples are taken: more where our ways lie close together.</summary>
    internal int Rounds { get; init; } = 1;

    /// <summary>Adds one of our ways; its name is unique in the contest.</summary>
    internal void Add(string name, Func<Contender> make, Work work) =>
        Ours.Add(new OursEntry(name, make, work));

    /// <summary>Adds a rival's way and the one of ours that it is compared with.</summary>
    /// <param name="ours">Name of our way.</param>
    /// <param name="rival">Who does it, in whose way.</param>
    /// <param name="target">Ratio to reach, or null.</param>
    internal void Pair(string ours, RivalEntry rival, Target? target = null)
    {
        if (!Rivals.Contains(rival))
            Rivals.Add(rival);
        Pairings.Add(new Pairing(ours, rival, target));
    }
}

/// <summary>One of our ways.</summary>
internal sealed record OursEntry(string Name, Func<Contender> Make, Work Work);

/// <summary>A rival's way; compared by reference.</summary>
/// <param name="rival">Who it is: decides whether it is there at all.</param>
/// <param name="name">What it does, as the table says it.</param>
/// <param name="make">Makes it.</param>
internal sealed class RivalEntry(string rival, string name, Func<Contender> make)
{
    internal string Rival { get; } = rival;

    internal string Name { get; } = name;

    internal Func<Contender> Make { get; } = make;
}

/// <summary>One line of the table.</summary>
internal sealed record Pairing(string Ours, RivalEntry Rival, Target? Target);

/// <summary>
/// What must at least be done: the bound from which a floor is predicted. 0 where it is not known.
/// </summary>
/// <param name="Bytes">Read and written.</param>
/// <param name="Flops">Real additions and multiplications.</param>
internal readonly record struct Work(double Bytes, double Flops);
