namespace Spectral.Bench;

/// <summary>
/// Measures the contenders of a contest in rounds, each in another order, so that whatever else the machine
/// does, and whatever the one before left behind, meets all of them alike. Warm-ups come first and do not count.
/// </summary>
/// <param name="options">How many samples, and how long.</param>
/// <param name="rivals">Who is there.</param>
/// <param name="ceilings">From which floors are predicted.</param>
/// <param name="onGpu">
/// Whether a GPU is measured: it needs no rest before a sample and would lower its clock, and as launches are replayed
/// its samples are steady when shorter.
/// </param>
internal sealed class Referee(SuiteOptions options, RivalSet rivals, Ceilings ceilings, bool onGpu = false)
{
    // A rival that is this slow is far behind: its noise matters less than an afternoon.
    internal const double SlowSeconds = 0.3, VerySlowSeconds = 1;

    /// <summary>
    /// Milliseconds before a sample on a CPU: threads of whoever ran before that wait for more work, as those of OpenBLAS
    /// do for 2²⁶ clock ticks, would otherwise take a core away.
    /// </summary>
    private const int Rest = 40;

    private const double SampleSecondsGpu = 0.004;

    private const int WarmUps = 4, MostRuns = 1000;

    /// <summary>Runs a contest.</summary>
    /// <returns>The lines of the table: ours alone where no rival is paired with it.</returns>
    internal List<Result> Run(Contest contest)
    {
        var turns = new Dictionary<object, Turn>(ReferenceEqualityComparer.Instance);
        var missing = new Dictionary<RivalEntry, string>();
        try
        {
            foreach (var ours in contest.Ours)
                Enter(turns, ours, ours.Make(), contest.Rounds, mayBeSlow: false);
            foreach (var rival in contest.Rivals.Where(r => rivals.IsWanted(r.Rival)))
            {
                if (rivals.WhyMissing(rival.Rival) is { } why)
                    missing.Add(rival, why);
                else
                    EnterRival(turns, missing, rival, contest.Rounds);
            }

            var order = turns.Values.ToArray();
            var random = new Random(1);
            for (var round = 0; round < options.Repeats * contest.Rounds; round++)
            {
                random.Shuffle(order);
                foreach (var turn in order)
                    turn.TakeSample(onGpu ? 0 : Rest);
            }

            return Lines(contest, turns, missing);
        }
        finally
        {
            foreach (var turn in turns.Values)
                turn.Contender.Dispose();
            foreach (var operands in contest.Shared)
                operands.Dispose();
        }
    }

    // A rival that cannot do this work (too little memory, say) loses this contest alone.
    private void EnterRival(
        Dictionary<object, Turn> turns, Dictionary<RivalEntry, string> missing, RivalEntry rival, int rounds)
    {
        try
        {
            Enter(turns, rival, rival.Make(), rounds, mayBeSlow: true);
        }
        catch (RivalException e)
        {
            missing.Add(rival, e.Message);
            if (turns.Remove(rival, out var turn))
                turn.Contender.Dispose();
        }
    }

    private void Enter(
        Dictionary<object, Turn> turns, object key, Contender contender, int rounds, bool mayBeSlow)
    {
        var turn = new Turn(contender);
        turns.Add(key, turn);
        turn.WarmUp(
            onGpu ? SampleSecondsGpu : options.SampleSeconds, rounds, mayBeSlow);
    }

    private List<Result> Lines(
        Contest contest, Dictionary<object, Turn> turns, Dictionary<RivalEntry, string> missing)
    {
        var measured = turns.ToDictionary(
            t => t.Key, t => t.Value.Measured(options.Profile), ReferenceEqualityComparer.Instance);
        var lines = new List<Result>();
        foreach (var ours in contest.Ours)
        {
            var alone = new Result(
                contest.Block, contest.Case, contest.Pass, ours.Name, measured[ours],
                ceilings.Floor(ours.Work), "", null, null, null);
            var pairings = contest.Pairings
                .Where(p => p.Ours == ours.Name && rivals.IsWanted(p.Rival.Rival)).ToList();
            lines.AddRange(pairings.Select(p => alone with
            {
                Rival = p.Rival.Name,
                Theirs = measured.GetValueOrDefault(p.Rival),
                Missing = missing.GetValueOrDefault(p.Rival),
                Target = p.Target,
            }));
            if (pairings.Count == 0)
                lines.Add(alone);
        }

        return lines;
    }

    /// <summary>A contender and its samples.</summary>
    private sealed class Turn(Contender contender)
    {
        private readonly List<Sample> _samples = [];
        private int _runs = 1;
        private bool _isSlow;
        private int _wanted = int.MaxValue;

        internal Contender Contender { get; } = contender;

        internal void WarmUp(double sampleSeconds, int rounds, bool mayBeSlow)
        {
            var first = Contender.Run(1);
            if (mayBeSlow && first.Seconds > VerySlowSeconds)
            {
                _samples.Add(first);
                _wanted = 1;
                return;
            }

            var seconds = Contender.Run(1).Seconds;
            _isSlow = seconds > SlowSeconds;
            if (mayBeSlow && _isSlow)
                _wanted = 3 * rounds;

            // The first runs say little: threads are woken, and memory is touched for the first time.
            for (var i = 0; i < WarmUps && seconds < 10 * sampleSeconds; i++)
                seconds = Math.Min(seconds, Contender.Run(1).Seconds);
            while (_runs < MostRuns && _runs * seconds < sampleSeconds)
            {
                _runs = Math.Min(2 * _runs, MostRuns);
                seconds = Math.Min(seconds, Contender.Run(_runs).Seconds);
            }
        }

        internal void TakeSample(int rest)
        {
            if (_samples.Count >= _wanted)
                return;
            Thread.Sleep(rest);

            // After a rest threads sleep, and caches hold what others left there.
            if (rest > 0 && !_isSlow)
                Contender.Run(_runs);
            _samples.Add(Contender.Run(_runs));
        }

        internal Measured Measured(bool profile) => new(
            Sample.Median(_samples), _samples.Count, Contender.Error(), profile ? Contender.Kernels() : []);
    }
}
