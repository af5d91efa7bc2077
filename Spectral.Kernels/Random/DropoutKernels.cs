using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Dropout with a mask that is drawn anew wherever it is needed, and never stored.</summary>
internal sealed class DropoutKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() =>
    [
        (Action<ArrayView<float>, ArrayView<float>, GeneratorState, ulong, float>)Apply,
        (Action<ArrayView<double>, ArrayView<double>, GeneratorState, ulong, double>)Apply,
    ];

    /// <summary>
    /// y[i] = scale · x[i] where word i of the generator's blocks reaches the threshold, 0 elsewhere. A
    /// work-item takes the four elements of a block; the state's offset counts blocks.
    /// </summary>
    internal static void Apply<T>(
        ArrayView<T> x, ArrayView<T> y, GeneratorState first, ulong threshold, T scale)
        where T : unmanaged, INumber<T>
    {
        var blocks = (y.IntLength + 3) / 4;
        for (var block = WorkItem.Index; block < blocks; block += WorkItem.Count)
        {
            var words = Philox.Block(first.Seed, first.Stream, first.Offset + (ulong)block);
            var i = 4 * block;
            Element(x, y, i, words.X >= threshold, scale);
            Element(x, y, i + 1, words.Y >= threshold, scale);
            Element(x, y, i + 2, words.Z >= threshold, scale);
            Element(x, y, i + 3, words.W >= threshold, scale);
        }
    }

    private static void Element<T>(ArrayView<T> x, ArrayView<T> y, int i, bool kept, T scale)
        where T : unmanaged, INumber<T>
    {
        if (i < y.IntLength)
            y[i] = kept ? scale * x[i] : T.Zero;
    }
}
