namespace Spectral.Kernels;

/// <summary>Where a <see cref="Generator"/> stands; kept in checkpoints.</summary>
/// <param name="Seed">The key: which sequence.</param>
/// <param name="Stream">Which of the 2^64 independent streams of that seed.</param>
/// <param name="Offset">How many 32-bit words have been drawn.</param>
public readonly record struct GeneratorState(ulong Seed, ulong Stream, ulong Offset);

/// <summary>
/// Random numbers on the host from <see cref="Philox"/>: the same seed gives the same numbers on every
/// platform, and the state is three integers. Not safe for use by several threads at once.
/// </summary>
public sealed class Generator
{
    private PhiloxWords _block;
    private ulong _blockNumber = ulong.MaxValue; // no block drawn yet: offsets never reach this one

    /// <summary>A generator at the start of a stream.</summary>
    /// <param name="seed">Which sequence.</param>
    /// <param name="stream">Which independent stream of that seed.</param>
    public Generator(ulong seed, ulong stream = 0) => Reset(seed, stream);

    /// <summary>The generator that is used where none is given; seed 0 until told otherwise.</summary>
    public static Generator Default { get; } = new(0);

    /// <summary>The seed.</summary>
    public ulong Seed { get; private set; }

    /// <summary>The stream of that seed.</summary>
    public ulong Stream { get; private set; }

    /// <summary>How many 32-bit words have been drawn.</summary>
    public ulong Offset { get; private set; }

    /// <summary>Everything needed to continue from here.</summary>
    public GeneratorState State
    {
        get => new(Seed, Stream, Offset);
        set
        {
            Reset(value.Seed, value.Stream);
            Offset = value.Offset;
        }
    }

    /// <summary>Puts <see cref="Default"/> at the start of a seed.</summary>
    public static void ManualSeed(ulong seed) => Default.Reset(seed);

    /// <summary>Goes to the start of a stream.</summary>
    public void Reset(ulong seed, ulong stream = 0)
    {
        Seed = seed;
        Stream = stream;
        Offset = 0;
        _blockNumber = ulong.MaxValue;
    }

    /// <summary>
    /// Sets whole blocks aside for a kernel that draws by itself with
    /// <see cref="Philox.Block(ulong, ulong, ulong)"/>, and goes on behind them.
    /// </summary>
    /// <param name="blocks">How many blocks of four words.</param>
    /// <returns>The number of the first block.</returns>
    public ulong ReserveBlocks(ulong blocks)
    {
        var first = (Offset + 3) / 4;
        Offset = (first + blocks) * 4;
        return first;
    }

    /// <summary>32 random bits.</summary>
    public uint NextUInt32()
    {
        var number = Offset / 4;
        if (number != _blockNumber)
        {
            _block = Philox.Block(Seed, Stream, number);
            _blockNumber = number;
        }
        return (Offset++ % 4) switch { 0 => _block.X, 1 => _block.Y, 2 => _block.Z, _ => _block.W };
    }

    /// <summary>64 random bits: two words, the low one first.</summary>
    public ulong NextUInt64()
    {
        ulong low = NextUInt32();
        return low | ((ulong)NextUInt32() << 32);
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double NextUniform(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>Uniform among 0 … <paramref name="count"/> − 1, without bias.</summary>
    /// <exception cref="InvalidInputException">The count is not positive.</exception>
    public int NextInt32(int count)
    {
        Throw.Unless(
            count > 0, nameof(NextInt32), $"count {count}", "a positive count", "ask for at least 1");
        // Multiply and shift (Lemire 2019); the few values that would favour some results are drawn again.
        var n = (uint)count;
        var rejected = (uint)(-(int)n) % n;
        ulong product;
        do
            product = (ulong)NextUInt32() * n;
        while ((uint)product < rejected);
        return (int)(product >> 32);
    }

    /// <summary>
    /// Normal with the given mean and standard deviation, by Box and Muller (1958). Only the cosine is used:
    /// a call always draws four words, so that no half-used pair belongs to the state.
    /// </summary>
    public double NextNormal(double mean = 0, double deviation = 1)
    {
        var radius = Math.Sqrt(-2 * PortableMath.Log(1 - NextDouble()));
        return mean + deviation * radius * PortableMath.CosTurns(NextDouble());
    }

    /// <summary>Puts the items into a random order (Fisher and Yates), each order equally likely.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt32(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>The numbers 0 … <paramref name="count"/> − 1 in a random order.</summary>
    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
            order[i] = i;
        Shuffle<int>(order);
        return order;
    }
}
