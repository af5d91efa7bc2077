using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>The kernel behind <see cref="DirichletRows"/>.</summary>
internal sealed class DirichletKernels : IKernelForms
{
    internal const int GroupSize = 256;

    /// <summary>Outputs of a group.</summary>
    internal const int OutputsOfGroup = 64;

    /// <summary>Inputs that it holds.</summary>
    internal const int MostDepth = 1024;

    public static IEnumerable<Delegate> Forms() => [Form<float>(), Form<double>()];

    /// <summary>Some outputs of a row.</summary>
    internal static void Rows<T>(ArrayView<T> x, ArrayView<T> table, ArrayView<T> y, DirichletArguments g)
        where T : unmanaged, INumber<T>
    {
        var inputs = SharedMemory.Allocate<Lanes4<T>>(MostDepth / 4);
        var window = SharedMemory.Allocate<Lanes4<T>>((MostDepth + OutputsOfGroup) / 4);
        var sums = SharedMemory.Allocate<Lanes4<T>>(GroupSize);
        var row = g.ByBlocks.Quotient(Grid.IdxX);
        var first = (Grid.IdxX - (row * g.Blocks)) * OutputsOfGroup;
        DirichletSums.Add(x, row * g.Inputs, table, first, inputs, window, sums, g);
        if (Group.IdxX < OutputsOfGroup && first + Group.IdxX < g.Outputs)
            y[(row * g.Outputs) + first + Group.IdxX] = DirichletSums.Output(sums, Group.IdxX, g);
    }

    private static Delegate Form<T>() where T : unmanaged, INumber<T> =>
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, DirichletArguments>)Rows;
}
