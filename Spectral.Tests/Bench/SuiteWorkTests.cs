using NUnit.Framework;
using Spectral.Bench;
using Spectral.Kernels;

namespace Spectral.Tests;

/// <summary>
/// Every kind of work of the benchmark suite, small: it runs, and its error is what it should be.
/// </summary>
public class SuiteWorkTests
{
    private static readonly string[] Kinds =
        ["series", "images", "rows", "planes", "cut", "spectra", "matrices", "step"];

    // ILGPU's CPU device, the last: small sizes, and nothing to compile for long.
    private static ComputeDevice Device => TestDevices.Get(TestDevices.Ids[^1]);

    [TestCaseSource(nameof(Kinds))]
    public void Work_of_the_suite_runs_and_is_right(string kind)
    {
        using var rivals = new RivalSet([]);
        var context = new SuiteContext(
            Device, rivals, new SuiteOptions(Quick: true));
        foreach (var contest in Small(context, kind))
        {
            Assert.That(contest.Ours, Is.Not.Empty);
            foreach (var ours in contest.Ours)
            {
                using var contender = ours.Make();
                Assert.That(contender.Run(1).Seconds, Is.GreaterThan(0));
                Assert.That(
                    contender.Error(), Is.InRange(1e-9, Tolerances.SuiteFloat), $"{contest}, {ours.Name}");
            }

            Assert.That(contest.Pairings.Select(p => p.Ours).Distinct(), Is.SubsetOf(contest.Ours.Select(o => o.Name)));
            contest.Shared.ForEach(operands => operands.Dispose());
        }
    }

    [Test]
    public void The_suite_covers_what_it_promises()
    {
        using var rivals = new RivalSet([]);
        var context = new SuiteContext(Device, rivals, new SuiteOptions());
        var contests = SuiteProgram.AllContests(context).ToList();
        Assert.That(contests, Is.Unique);
        Assert.Multiple(() =>
        {
            Assert.That(Count(LayerBlocks.Series), Is.EqualTo(4 * 4 * 2));
            Assert.That(Count(LayerBlocks.Images), Is.EqualTo(((5 * 2) + 1) * 2));
            Assert.That(Count(TransformBlocks.Whole), Is.EqualTo(8 + 3));
            Assert.That(Count(StepBlock.Name), Is.EqualTo(2));
        });

        int Count(string block) => contests.Count(c => c.Block == block);
    }

    [Test]
    public void Transforms_and_products_of_rivals_are_right()
    {
        using (var mathNet = LocalTransforms.MathNet(36, 3))
        {
            mathNet.Run(1);
            Assert.That(mathNet.Error(), Is.LessThan(Tolerances.SuiteFloat));
        }

        if (Fftw.WhyMissing() is { } noFftw)
        {
            Assert.That(noFftw, Does.Contain("libfftw3f"));
        }
        else
        {
            using var fftw = LocalTransforms.Fftw([36], 3, 8);
            fftw.Run(1);
            Assert.That(fftw.Error(), Is.LessThan(Tolerances.SuiteFloat));
        }

        foreach (var form in Enum.GetValues<ComplexGemmForm>())
        {
            if (OpenBlas.WhyMissing() is { } noBlas)
            {
                Assert.That(noBlas, Does.Contain("libopenblas"));
                continue;
            }

            using var products = OpenBlasSpectra.Of(new ComplexGemmShape(form, 3, 5, 4, 6));
            products.Run(1);
            Assert.That(products.Error(), Is.LessThan(Tolerances.SuiteFloat), $"{form}");
        }
    }

    private static IEnumerable<Contest> Small(SuiteContext context, string kind) => kind switch
    {
        "series" => [LayerBlocks.OfSeries(context, 2, 3, 4, 24, 5, true)],
        "images" => [LayerBlocks.OfImages(context, 2, 4, 8, true)],
        "rows" => [TransformBlocks.Rows(context, 36, 5)],
        "planes" => [TransformBlocks.Planes(context, 12, 3)],
        "cut" => [TransformBlocks.Cut(context, 34, 8, 5)],
        "spectra" =>
        [
            .. Enum.GetValues<ComplexGemmForm>().Select(
                f => ProductBlocks.OfSpectra(context, new ComplexGemmShape(f, 3, 5, 4, 6))),
        ],
        "matrices" => [ProductBlocks.OfMatrices(context, 24)],
        _ => [StepBlock.Of(context, "fcn-micro", "small", [2, 1, 24], 2)],
    };
}
