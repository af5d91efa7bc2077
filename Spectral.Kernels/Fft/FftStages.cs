using ILGPU;

namespace Spectral.Kernels;

/// <summary>Stages as kernels read them.</summary>
internal static class FftStages
{
    /// <summary>Division by the stride of stage <paramref name="index"/>.</summary>
    internal static Divisor ByStride(ArrayView<int> stages, int index)
    {
        var at = (index * FftTables.StageFields) + 4;
        return new Divisor((uint)stages[at], stages[at + 1]);
    }

    /// <summary>
    /// Stage <paramref name="index"/> of a list, as <see cref="FftTables"/> writes it.
    /// </summary>
    internal static Stage Read(ArrayView<int> stages, int index)
    {
        var at = index * FftTables.StageFields;
        return new Stage(stages[at], stages[at + 1], stages[at + 2], stages[at + 3]);
    }
}
