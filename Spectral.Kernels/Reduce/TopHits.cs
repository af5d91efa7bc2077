using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Counts classifications that hit their label.</summary>
public static class TopHits
{
    /// <summary>
    /// Adds to <paramref name="count"/> the rows whose label is among their <paramref name="top"/> largest
    /// scores. Of equal scores the lower index ranks first; NaN ranks above all numbers, and a row whose own
    /// score is NaN, or whose label is out of range, is no hit.
    /// </summary>
    /// <param name="scores">[rows, classes], real.</param>
    /// <param name="labels">[rows], Int32.</param>
    /// <param name="count">One Int32, added to.</param>
    /// <param name="top">How many of the largest scores count; 1 for plain accuracy.</param>
    /// <exception cref="InvalidInputException">Lengths or types differ.</exception>
    public static void Add(DeviceArray scores, DeviceArray labels, DeviceArray count, int top = 1)
    {
        Throw.Unless(
            scores.DType.IsReal() && labels.DType == DType.Int32 && count.DType == DType.Int32
                && count.Length == 1 && (labels.Length == 0 || scores.Length % labels.Length == 0),
            "topHits", $"{scores.Length} {scores.DType} for {labels.Length} {labels.DType} labels",
            "real [rows, classes] and Int32 [rows]", "check the extents");
        Throw.Unless(top > 0, "topHits", $"the top {top}", "1 or more", "ask for at least the top 1");
        if (labels.Length == 0)
            return;
        count.MarkChanged();
        if (scores.DType == DType.Float32)
            Run<float>();
        else
            Run<double>();

        void Run<T>() where T : unmanaged, INumber<T>
        {
            using var hits = new Workspace(scores.Device, DType.Int32, labels.Length, "topHits");
            scores.Device.Launch(
                TopHitsKernels.Mark, scores.Device.Limits.Vectors(labels.Length), scores.View<T>(),
                labels.View<int>(), hits.Array.View<int>(), top);
            scores.Device.Launch(
                TopHitsKernels.Add, new LaunchShape(1, 1), hits.Array.View<int>(), count.View<int>());
        }
    }
}

/// <summary>Kernels of <see cref="TopHits"/>.</summary>
internal sealed class TopHitsKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() =>
    [
        (Action<ArrayView<float>, ArrayView<int>, ArrayView<int>, int>)Mark,
        (Action<ArrayView<double>, ArrayView<int>, ArrayView<int>, int>)Mark,
        (Action<ArrayView<int>, ArrayView<int>>)Add,
    ];

    /// <summary>1 for a row that hits, else 0.</summary>
    internal static void Mark<T>(ArrayView<T> scores, ArrayView<int> labels, ArrayView<int> hits, int top)
        where T : unmanaged, INumber<T>
    {
        var classes = scores.IntLength / labels.IntLength;
        for (var row = WorkItem.Index; row < labels.IntLength; row += WorkItem.Count)
        {
            var label = labels[row];
            var known = label >= 0 && label < classes;
            var own = scores[(row * classes) + (known ? label : 0)];
            var better = 0;
            for (var i = 0; i < classes; i++)
            {
                var other = scores[(row * classes) + i];
                if (!(other <= own) || (other == own && i < label))
                    better++;
            }

            hits[row] = known && better < top && !T.IsNaN(own) ? 1 : 0;
        }
    }

    /// <summary>One work-item adds the marks; a batch has few.</summary>
    internal static void Add(ArrayView<int> hits, ArrayView<int> count)
    {
        var sum = 0;
        for (var row = 0; row < hits.IntLength; row++)
            sum += hits[row];
        if (WorkItem.Index == 0)
            count[0] += sum;
    }
}
