using System.Text.Json.Nodes;
using NUnit.Framework;
using Spectral.Bench;

namespace Spectral.Tests;

public class BenchReportTests
{
    private static readonly RunHeader Header = new(
        [("device", "cpu: one"), ("load at start", "0.00 0.01 0.05")]);

    private static readonly Target Step = new("direct, 50 % kept", 0.8, 1.3, 2.5);

    private static readonly Result[] Results =
    [
        new("Layers", "16×8", "forward", "50 % kept", Times(0.0004, 1.25e-7), 0.00001, "oneDNN direct",
            Times(0.0002, null), null, Step),
        new("Layers", "16×9", "forward", "50 % kept", Times(0.0123, null), 0, "oneDNN direct",
            Times(0.0984, 3e-6), null, Step),
        new("Steps", "FCN", "step", "100 % kept", Times(0.5, null), 0, "", null, null, null),
        new("Steps", "FCN", "step", "50 % kept", Times(0.25, null), 0, "PyTorch", null, "no | PyTorch", Step),
    ];

    [Test]
    public void Markdown_is_a_table_for_each_block_and_its_averages() =>
        Assert.That(MarkdownReport.Write(Header, Results), Is.EqualTo("""
            # Benchmarks

            - device: cpu: one
            - load at start: 0.00 0.01 0.05

            ## Layers

            | case | pass | ours | ms | error | floor ms | rival | ms | error | rival ÷ ours | CPU ÷ | must → excellent → moonshot | reached |
            | --- | --- | --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | --- | --- |
            | 16×8 | forward | 50 % kept | 0.40 | 1.3e-7 | 0.0100 | oneDNN direct | 0.20 |  | 0.50 | 0.50 | 0.8 → 1.3 → 2.5 | below |
            | 16×9 | forward | 50 % kept | 12.3 |  |  | oneDNN direct | 98.4 | 3.0e-6 | 8.00 | 8.00 | 0.8 → 1.3 → 2.5 | moonshot |

            - direct, 50 % kept: geometric mean 2.00 over 2 rows (excellent; 0.8 → 1.3 → 2.5), 1 below must

            ## Steps

            | case | pass | ours | ms | error | floor ms | rival | ms | error | rival ÷ ours | CPU ÷ | must → excellent → moonshot | reached |
            | --- | --- | --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | --- | --- |
            | FCN | step | 100 % kept | 500 |  |  |  |  |  |  |  |  |  |
            | FCN | step | 50 % kept | 250 |  |  | PyTorch: missing (no / PyTorch) |  |  |  |  | 0.8 → 1.3 → 2.5 |  |

            """.ReplaceLineEndings("\n")));

    [Test]
    public void Json_holds_the_same_in_full()
    {
        var root = JsonNode.Parse(JsonReport.Write(Header, Results))!;
        Assert.That((string?)root["facts"]!["device"], Is.EqualTo("cpu: one"));
        Assert.That((double)root["results"]![0]!["ours"]!["seconds"]!, Is.EqualTo(0.0004));
        Assert.That((double)root["results"]![1]!["ratio"]!, Is.EqualTo(8).Within(1e-12));
        Assert.That((string?)root["results"]![3]!["missing"], Is.EqualTo("no | PyTorch"));
        Assert.That((double)root["averages"]![0]!["geometricMean"]!, Is.EqualTo(2).Within(1e-12));
    }

    [Test]
    public void Points_of_a_figure_are_times_over_work_and_a_rival_is_drawn_once()
    {
        var axis = ScalingAxis.All[0];
        Result[] results =
            [Results[0], Results[0] with { Variant = "10 % kept", Ours = Times(0.0001, null) }];

        var points = ScalingRun.PointsOf(axis, 8, results).ToList();

        Assert.That(points.Select(p => p.Line), Is.EqualTo((string[])[
            "Spectral, 50 % kept", "Spectral, 10 % kept", "oneDNN direct"]));
        Assert.That(points[0].PicosecondsPerUnit,
            Is.EqualTo(0.0004 / (8.0 * 256 * 64 * 64) * 1e12).Within(1e-9));
        Assert.That(ScalingRun.Csv("batch", points[..1]),
            Is.EqualTo("batch,line,seconds,ps_per_unit\n8,\"Spectral, 50 % kept\",0.0004,47.68\n"));
    }

    private static Measured Times(double seconds, double? error) =>
        new(new Sample(seconds, seconds), 7, error, []);
}
