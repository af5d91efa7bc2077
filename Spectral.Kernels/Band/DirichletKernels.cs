using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>The kernel behind <see cref="DirichletRows"/>.</summary>
internal sealed class DirichletKernels : IKernelForms
{
    internal const int GroupSize = 256;

    /// <summary>Outputs of a group, and inputs that it holds at most.</summary>
    internal const int Outputs = 64, MostDepth = 2048;

    private const int Scratch = (2 * MostDepth) + Outputs;

    public static IEnumerable<Delegate> Forms() => [Form<float>(), Form<double>()];

    /// <summary>Some outputs of a row.</summary>
    internal static void Rows<T>(ArrayView<T> x, ArrayView<T> table, ArrayView<T> y, DirichletArguments g)
        where T : unmanaged, INumber<T>
    {
        var scratch = SharedMemory.Allocate<Lanes4<T>>(Scratch / 4);
        var row = g.ByBlocks.Quotient(Grid.IdxX);
        var first = (Grid.IdxX - (row * g.Blocks)) * Outputs;
        DirichletSums.Add(x, row * g.Inputs, table, first, scratch, g);
        if (Group.IdxX < Outputs && first + Group.IdxX < g.Outputs)
            y[(row * g.Outputs) + first + Group.IdxX] = DirichletSums.Output(scratch, Group.IdxX, g);
    }

    private static Delegate Form<T>() where T : unmanaged, INumber<T> =>
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, DirichletArguments>)Rows;
}
