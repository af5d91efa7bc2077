using System.Text.Json;
using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests;

public class BandRuleTests
{
    private static IEnumerable<TestCaseData> OriginalRules()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Golden", "original_rules.json");
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        foreach (var c in json.RootElement.GetProperty("cases").EnumerateArray())
        {
            int Get(string name) => c.GetProperty(name).GetInt32();
            var dimensions = c.GetProperty("kind").GetString() == "1d" ? 1 : 2;
            var rate = c.GetProperty("rate").GetDouble();
            var axis = new ConvAxis(Get("input"), Get("kernel"), 1, Get("padding"), Get("padding"));
            yield return new TestCaseData(dimensions, axis, rate, Get("fftSize"), Get("half"), Get("kept"))
                .SetArgDisplayNames($"{dimensions}d", $"{axis.Length}", $"{axis.Kernel}", $"{rate}");
        }
    }

    [TestCaseSource(nameof(OriginalRules))]
    public void Compatible_lengths_and_rates_are_the_originals(
        int dimensions, ConvAxis axis, double rate, int fftSize, int half, int kept)
    {
        var length = FftSize.Of(axis, FftSizePolicy.Compatible, dimensions);
        Assert.That(length, Is.EqualTo(fftSize));
        Assert.That(FftSize.Half(length), Is.EqualTo(half));
        Assert.That(Kept(Band.Rate(rate), half, dimensions), Is.EqualTo(kept));
    }

    [TestCase(32, 3, 1, 35)]
    [TestCase(16, 3, 1, 18)]
    [TestCase(8, 3, 1, 9)]
    [TestCase(4, 3, 1, 5)]
    [TestCase(56, 3, 1, 60)]
    public void Minimal_lengths_are_the_shortest_smooth_ones(int length, int kernel, int padding, int expected)
    {
        var axis = new ConvAxis(length, kernel, 1, padding, padding);
        Assert.That(FftSize.Of(axis, FftSizePolicy.Minimal, 2), Is.EqualTo(expected));
    }

    // Short odd circles stay, long ones become even unless that is more than a thirty-second longer.
    [TestCase(25, 25)]
    [TestCase(63, 63)]
    [TestCase(514, 540)]
    [TestCase(1025, 1050)]
    [TestCase(225, 225)]
    [TestCase(539, 540)]
    public void Long_odd_circles_become_even_where_that_costs_little(int length, int expected) =>
        Assert.That(FftSize.NextFast(length), Is.EqualTo(expected));

    [Test]
    public void Every_rule_keeps_between_one_bin_and_all()
    {
        foreach (var half in Enumerable.Range(1, 70))
            foreach (var dimensions in (int[])[1, 2])
            {
                Band[] bands =
                [
                    Band.Full, Band.Rate(0.1), Band.Rate(50), Band.Rate(100), Band.Cutoff(0), Band.Cutoff(0.3),
                    Band.Cutoff(1), Band.Bins(1), Band.Bins(1000), Band.Energy(90),
                ];
                foreach (var band in bands)
                    Assert.That(Kept(band, half, dimensions), Is.InRange(1, half), $"{band} of {half}");
            }
    }

    [Test]
    public void Kept_bins_never_grow_with_the_rate()
    {
        foreach (var dimensions in (int[])[1, 2])
        {
            var kept = Enumerable.Range(0, 101).Select(r => Kept(Band.Rate(r), 129, dimensions)).ToArray();
            Assert.That(kept, Is.Ordered.Descending);
            Assert.That((kept[0], kept[100]), Is.EqualTo((129, 1)));
        }
    }

    [Test]
    public void The_axes_of_an_image_may_keep_different_numbers()
    {
        Assert.That(Band.Bins(3, 5).KeptBins(10, 10), Is.EqualTo(new Size2(3, 5)));
        Assert.That(Band.Bins(3, 50).KeptBins(10, 10), Is.EqualTo(new Size2(3, 10)));
        Assert.That(Band.Cutoff(0.5, 1).KeptBins(11, 7), Is.EqualTo(new Size2(6, 7)));
        Assert.That(Band.Bins(3, 5).KeptBins(10), Is.EqualTo(5));
    }

    [TestCase(18, 50, 7, 7)]
    [TestCase(9, 20, 5, 4)]
    [TestCase(9, 50, 4, 4)]
    [TestCase(5, 20, 3, 3)]
    [TestCase(5, 50, 3, 2)]
    [TestCase(3, 20, 2, 2)]
    [TestCase(3, 50, 2, 1)]
    [TestCase(18, 80, 5, 4)]
    [TestCase(5, 80, 2, 1)]
    [TestCase(3, 80, 2, 1)]
    [TestCase(3, 90, 1, 1)]
    public void On_the_shortest_circles_a_rate_is_an_upper_bound(int circle, double rate, int rows, int columns) =>
        Assert.That(Band.Rate(rate).KeptBinsAtMost(circle, circle), Is.EqualTo(new Size2(rows, columns)));

    [Test]
    public void A_rate_never_discards_more_and_the_next_narrower_band_would()
    {
        foreach (var (height, width) in Circles)
            for (var rate = 1; rate <= 100; rate++)
            {
                var kept = Band.Rate(rate).KeptBinsAtMost(height, width);
                Assert.That(Discarded(kept), Is.LessThanOrEqualTo(rate + 1e-9), $"{rate} of {height} by {width}");
                var narrower = Growing(height, width).TakeWhile(k => k != kept).ToArray();
                if (narrower.Length > 0)
                    Assert.That(Discarded(narrower[^1]), Is.GreaterThan(rate));

                double Discarded(Size2 k) => 100 - (100.0 * new BandAxis(height, k.H).BothSigns * k.W
                    / (height * FftSize.Half(width)));
            }
    }

    [Test]
    public void Bands_of_images_grow_by_the_bins_of_one_axis_at_a_time()
    {
        Assert.That(
            Growing(5, 5).Distinct(), Is.EqualTo(new Size2[] { (1, 1), (2, 1), (2, 2), (3, 2), (3, 3) }));
        foreach (var (height, width) in Circles)
        {
            var bands = Growing(height, width).ToArray();
            Assert.That(bands[^1], Is.EqualTo(new Size2(FftSize.Half(height), FftSize.Half(width))));
            foreach (var (narrow, wide) in bands.Zip(bands.Skip(1)))
                Assert.That((wide.H - narrow.H, wide.W - narrow.W), Is.AnyOf((0, 0), (0, 1), (1, 0)));
        }
    }

    [TestCase(-1)]
    [TestCase(100.5)]
    [TestCase(double.NaN)]
    public void A_rate_outside_0_to_100_is_refused(double rate) =>
        Assert.That(() => Band.Rate(rate), Throws.TypeOf<InvalidInputException>().With.Message.Contains("0 to 100"));

    [Test]
    public void A_band_survives_being_written_and_read()
    {
        foreach (var band in (Band[])[Band.Full, Band.Rate(37.5), Band.Cutoff(0.1), Band.Bins(7), Band.Bins(7, 9), Band.Cutoff(0.5, 1), Band.Energy(90)])
            Assert.That(Band.Parse(band.ToString()), Is.EqualTo(band));
        Assert.That(() => Band.Parse("rate"), Throws.TypeOf<InvalidInputException>());
    }

    [Test]
    public void Bands_are_values() => Assert.That(Band.Rate(50), Is.EqualTo(Band.Rate(50)).And.Not.EqualTo(Band.Rate(51)));

    private static (int, int)[] Circles => [(9, 9), (18, 35), (5, 12), (60, 60), (1, 7)];

    private static IEnumerable<Size2> Growing(int height, int width) =>
        BandAxis.Growing(height, width).Select(axes => new Size2(axes.H.Kept, axes.W.Kept));

    private static int Kept(Band band, int half, int dimensions) =>
        dimensions == 1 ? band.KeptBins(half) : band.KeptBins(half, 1).H;
}
