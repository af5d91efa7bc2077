using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests;

public class FftPlannerTests
{
    private const int Tile = 4096;

    [TestCase(1, "1 = stockham()")]
    [TestCase(16, "16 = stockham(4·4)")]
    [TestCase(36, "36 = stockham(4·3·3)")]
    [TestCase(13, "13 = stockham(13)")]
    [TestCase(1024, "1024 = stockham(8·8·4·4)")]
    [TestCase(37, "37 = bluestein(80 = stockham(4·4·5))")]
    [TestCase(8192, "8192 = four-step(64 = stockham(8·8) × 128 = stockham(8·4·4))")]
    public void Recipes_read_as_formulas(int n, string recipe) =>
        Assert.That(FftPlanner.Plan(n, Tile).ToString(), Is.EqualTo(recipe));

    [Test]
    public void Every_length_has_a_recipe_that_multiplies_out()
    {
        // All short lengths, then a prime step through the long ones, and the ends.
        var lengths = Enumerable.Range(1, 4200)
            .Concat(Enumerable.Range(0, 10000).Select(i => 4201 + (i * 103)))
            .Concat([FftPlanner.MaxLength - 1, FftPlanner.MaxLength]);
        foreach (var n in lengths.Where(n => n <= FftPlanner.MaxLength))
            Check(n, FftPlanner.Plan(n, Tile));
    }

    [Test]
    public void Recipes_compare_by_content()
    {
        Assert.That(FftPlanner.Plan(74, Tile), Is.EqualTo(FftPlanner.Plan(74, Tile)));
        Assert.That(FftPlanner.Plan(74, Tile).GetHashCode(), Is.EqualTo(FftPlanner.Plan(74, Tile).GetHashCode()));
        Assert.That(new StockhamRecipe(4, 2), Is.Not.EqualTo(new StockhamRecipe(2, 4)));
    }

    [TestCase(0)]
    [TestCase(-3)]
    [TestCase(FftPlanner.MaxLength + 1)]
    public void Other_lengths_are_refused(int n) =>
        Assert.That(() => FftPlanner.Plan(n, Tile), Throws.TypeOf<InvalidInputException>());

    private static void Check(int n, FftRecipe recipe)
    {
        switch (recipe)
        {
            case StockhamRecipe s:
                Assert.That(s.Radices.Aggregate(1, (a, b) => a * b), Is.EqualTo(n));
                Assert.That(s.Radices, Has.All.LessThanOrEqualTo(FftPlanner.LargestDirectPrime));
                break;
            case FourStepRecipe f:
                Assert.That(f.Columns.Length * f.Rows.Length, Is.EqualTo(n));
                Assert.That(Math.Max(f.Columns.Length, f.Rows.Length), Is.LessThanOrEqualTo(Tile));
                Assert.That(n, Is.GreaterThan(Tile));
                break;
            case BluesteinRecipe b:
                Assert.That(FftPlanner.Radices(n), Is.Null);
                Assert.That(b.Convolution, Is.Not.InstanceOf<BluesteinRecipe>());
                Assert.That(b.Convolution.Length, Is.InRange((2 * n) - 1, 3 * n));
                Check(b.Convolution.Length, b.Convolution);
                break;
            default:
                Assert.Fail($"no kind of recipe known for {recipe}");
                break;
        }
    }
}
