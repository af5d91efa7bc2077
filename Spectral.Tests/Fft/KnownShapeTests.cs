using NUnit.Framework;
using Spectral.Kernels;
using Seventeen = Spectral.Kernels.OddRadix<Spectral.Kernels.Next<Spectral.Kernels.Next<Spectral.Kernels.Next<
    Spectral.Kernels.Next<Spectral.Kernels.Next<Spectral.Kernels.Next<Spectral.Kernels.Next<Spectral.Kernels.Next<
        Spectral.Kernels.Zero>>>>>>>>>;

namespace Spectral.Tests;

public class KnownShapeTests
{
    [Test]
    public void Rows_fit_and_groups_are_not_too_large(
        [Values(DType.Float32, DType.Float64)] DType type, [Values] bool areNeighbours)
    {
        var held = 0;
        for (var length = 2; length <= BlockShape.LongestSpan(type); length++)
        {
            if (KnownRadices.Of(length) is not { } radices || !KnownShape.Holds(radices, type))
                continue;
            held++;
            var shape = KnownShape.Of(radices, 3, 1000, length, areNeighbours, type, 1024, out var launch, out var isSmall);
            var rows = 1 << shape.LogRows;
            var bytes = 2L * rows * shape.Pitch * 2 * type.SizeOf();
            Assert.That(bytes, Is.LessThanOrEqualTo(isSmall ? KnownShape.SmallBytes : KnownShape.LargeBytes), $"{length}");
            Assert.That(shape.Pitch, Is.GreaterThan(length), "a half spectrum has a bin more than there are points");
            Assert.That(
                launch.GroupSize, Is.EqualTo(rows * KnownShape.Items(radices)).And.LessThanOrEqualTo(1024), $"{length}");
            Assert.That(launch.Groups, Is.EqualTo(3 * ((1000 + rows - 1) / rows)));
        }

        Assert.That(held, Is.GreaterThan(300));
    }

    [TestCase(16, 2, 8)]
    [TestCase(32, 4, 33)]
    [TestCase(32, 3, 19)]
    public void Rows_lie_so_that_neighbours_meet_in_few_banks(int rows, int items, int places)
    {
        var best = Enumerable.Range(places, 16).Min(pitch => Sum(KnownShape.Conflicts(rows, items, pitch)));
        Assert.That(best, Is.LessThanOrEqualTo(4));
    }

    [Test]
    public void Radices_make_up_the_length()
    {
        for (var length = 2; length < 3000; length++)
        {
            var radices = KnownRadices.Of(length);
            if (FftPlanner.Radices(length)?.Max() <= 17)
                Assert.That(radices!.Aggregate((a, b) => a * b), Is.EqualTo(length));
            else
                Assert.That(radices, Is.Null, $"{length}");
            Assert.That(radices ?? [], Is.Ordered.Descending, $"{length}");
        }

        Assert.That(KnownRadices.Of(1), Is.Null);
        Assert.That(KnownRadices.Of(2048), Is.EqualTo((int[])[8, 8, 8, 4]));
        Assert.That(KnownRadices.Of(50), Is.EqualTo((int[])[10, 5]));
    }

    [Test]
    public void Radices_divide()
    {
        Check<Radix2>();
        Check<Radix3>();
        Check<Radix4>();
        Check<Radix5>();
        Check<Radix6>();
        Check<Radix7>();
        Check<Radix8>();
        Check<Radix9>();
        Check<Radix10>();
        Check<OddRadix<Next<Next<Next<Next<Next<Zero>>>>>>>();
    }

    /// <summary>Between a stage and the next: within a row, and none twice.</summary>
    [Test]
    public void Points_have_places_of_their_own()
    {
        CheckPlaces<First<float, AnyPoints<float>, Radix8, InShared<float>>>([8, 4], 1);
        CheckPlaces<First<float, AnyPoints<float>, Radix10, InShared<float>>>([10, 5], 1);
        CheckPlaces<First<float, AnyPoints<float>, Radix9, InShared<float>>>([9, 9], 1);
        CheckPlaces<First<float, AnyPoints<float>, Radix8, InShared<float>>>([8, 8, 8], 1);
        CheckPlaces<First<float, AnyPoints<float>, Seventeen, InShared<float>>>([17, 8, 2], 1);
        CheckPlaces<Then<float, First<float, AnyPoints<float>, Radix8, InShared<float>>, Radix8, InShared<float>>>(
            [8, 8, 8], 2);
        CheckPlaces<Then<float, First<float, AnyPoints<float>, Radix7, InShared<float>>, Radix6, InShared<float>>>(
            [7, 6, 5], 2);
        CheckPlaces<
            Then<float, Then<float, First<float, AnyPoints<float>, Radix8, InShared<float>>, Radix8, InShared<float>>,
                Radix8, InShared<float>>>([8, 8, 8, 4], 3);
    }

    private static void CheckPlaces<TChain>(int[] radices, int done) where TChain : struct, IStageChain<float>
    {
        var next = radices[done];
        var groups = radices.Skip(done).Aggregate((a, b) => a * b);
        var places =
            from b in Enumerable.Range(0, TChain.Length * groups / next)
            from j in Enumerable.Range(0, next)
            select TChain.PlaceOf(b, groups) + (j * groups / next * TChain.Stride);
        var shape = KnownShape.Of(radices, 1, 1, 1, false, DType.Float32, 1024, out _, out _);
        Assert.That(places, Is.Unique.And.All.InRange(0, shape.Pitch - 1), string.Join("·", radices));
        Assert.That(TChain.Items(groups), Is.EqualTo(KnownShape.Items(radices)));
        Assert.That(TChain.Over(TChain.Length + 1), Is.EqualTo(1));
    }

    private static void Check<TRadix>() where TRadix : struct, IRadix
    {
        for (var n = 0; n <= 1 << 13; n++)
            Assert.That(TRadix.Over(n), Is.EqualTo(n / TRadix.Points), $"{n} / {TRadix.Points}");
    }

    private static int Sum((int A, int B) two) => two.A + two.B;
}
