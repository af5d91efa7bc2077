namespace Spectral.Kernels;

/// <summary>Four 32-bit words: a Philox counter, or the random block made from one.</summary>
/// <param name="x">Word 0, the least significant of a counter.</param>
/// <param name="y">Word 1.</param>
/// <param name="z">Word 2.</param>
/// <param name="w">Word 3, the most significant of a counter.</param>
public struct PhiloxWords(uint x, uint y, uint z, uint w) : IEquatable<PhiloxWords>
{
    /// <summary>Word 0, the least significant of a counter.</summary>
    public uint X = x;

    /// <summary>Word 1.</summary>
    public uint Y = y;

    /// <summary>Word 2.</summary>
    public uint Z = z;

    /// <summary>Word 3, the most significant of a counter.</summary>
    public uint W = w;

    /// <inheritdoc/>
    public readonly bool Equals(PhiloxWords other) =>
        X == other.X && Y == other.Y && Z == other.Z && W == other.W;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is PhiloxWords other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(X, Y, Z, W);

    /// <summary>The words in hexadecimal, word 0 first.</summary>
    public override readonly string ToString() => $"{X:x8} {Y:x8} {Z:x8} {W:x8}";
}

/// <summary>
/// Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random numbers:
/// as easy as 1, 2, 3" (SC 2011): a pure function of counter and key, so every element of a tensor can draw
/// its own number in any order. Plain integer arithmetic, the same on the host and in a kernel.
/// </summary>
public static class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>The random block of one counter under one key.</summary>
    /// <param name="counter">128-bit counter, word 0 least significant.</param>
    /// <param name="key0">Low half of the 64-bit key.</param>
    /// <param name="key1">High half of the 64-bit key.</param>
    public static PhiloxWords Block(PhiloxWords counter, uint key0, uint key1)
    {
        unchecked
        {
            var c = counter;
            for (var round = 0; round < Rounds; round++)
            {
                var p0 = (ulong)Multiplier0 * c.X;
                var p1 = (ulong)Multiplier1 * c.Z;
                c = new PhiloxWords(
                    (uint)(p1 >> 32) ^ c.Y ^ key0, (uint)p1, (uint)(p0 >> 32) ^ c.W ^ key1, (uint)p0);
                key0 += Weyl0;
                key1 += Weyl1;
            }
            return c;
        }
    }

    /// <summary>
    /// One block of a stream of a seed, in the numbering that <see cref="Generator"/> uses: the key is the
    /// seed, the counter's low half the block, its high half the stream.
    /// </summary>
    public static PhiloxWords Block(ulong seed, ulong stream, ulong block) =>
        Block(
            new PhiloxWords((uint)block, (uint)(block >> 32), (uint)stream, (uint)(stream >> 32)),
            (uint)seed,
            (uint)(seed >> 32));
}
