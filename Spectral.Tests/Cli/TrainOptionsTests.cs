using NUnit.Framework;
using Spectral.Cli;
using Spectral.Kernels;

namespace Spectral.Tests;

public class TrainOptionsTests
{
    [Test]
    public void The_line_without_options_trains_with_the_standard_recipe()
    {
        var options = Read("");
        Assert.Multiple(() =>
        {
            Assert.That(options.Data, Is.EqualTo("cbf"));
            Assert.That(options.Model, Is.EqualTo("fcn"));
            Assert.That(options.Bands, Is.EqualTo(new[] { Band.Full }));
            Assert.That(options.FftSize, Is.EqualTo(FftSizePolicy.Minimal));
            Assert.That(options.Optimizer, Is.EqualTo(OptimizerKind.AdamW));
            Assert.That(options.Precision, Is.EqualTo(DType.Float32));
            Assert.That(options.Device, Is.Null);
            Assert.That(options.Resume, Is.False);
            Assert.That(options.Out, Is.EqualTo(Path.Combine("runs", "cbf-fcn-full")));
        });
    }

    [Test]
    public void Every_option_is_taken()
    {
        var options = Read(
            "--rate 12.5 --fft-size compat --epochs 7 --steps 90 --test-every 2 --batch 3 --lr 1e-2 --optimizer AdamW "
            + "--schedule step:5:0.2 --weight-decay 1e-4 --precision fp64 --seed 18446744073709551615 "
            + "--device cpu --out here --resume --limit-train 100 --limit-test 20 --augment flip");
        Assert.That(options, Is.EqualTo(new TrainOptions(
            "cbf", "fcn", options.Bands, FftSizePolicy.Compatible, 7, 90, 2, 3, 0.01, OptimizerKind.AdamW,
            new ScheduleSpec(ScheduleKind.Step, 0.2, [5]), 1e-4, DType.Float64, ulong.MaxValue, "cpu", "here",
            true)
        {
            LimitTrain = 100,
            LimitTest = 20,
            Augment = Augmentation.Flip,
        }));
        Assert.That(options.Bands, Is.EqualTo(new[] { Band.Rate(12.5) }));
    }

    [Test]
    public void Bands_come_from_rate_energy_or_rates()
    {
        Assert.That(Read("--energy 90").Bands, Is.EqualTo(new[] { Band.Energy(90) }));
        Assert.That(Read("--rates 0,50,80").Bands,
            Is.EqualTo(new[] { Band.Full, Band.Rate(50), Band.Rate(80) }));
        Assert.That(Read("--rate 0").Bands, Is.EqualTo(new[] { Band.Full }));
        Assert.That(Read("--rate 100").Bands, Is.EqualTo(new[] { Band.Rate(100) }));
    }

    [TestCase("constant", "constant")]
    [TestCase("step:30", "step:30:0.1")]
    [TestCase("multistep:10,20:0.5", "multistep:10,20:0.5")]
    [TestCase("exponential", "exponential:0.99")]
    [TestCase("cosine", "cosine")]
    [TestCase("one-cycle", "one-cycle")]
    [TestCase("plateau", "plateau:50:0.5")]
    [TestCase("plateau:10", "plateau:10:0.5")]
    public void Schedules_are_named_with_their_numbers(string text, string meant)
    {
        Assert.That(ScheduleSpec.Parse(text).ToString(), Is.EqualTo(meant));
        Assert.That(ScheduleSpec.Parse(meant), Is.EqualTo(ScheduleSpec.Parse(text)));
    }

    [TestCase("--rate -1", "--rate")]
    [TestCase("--rate 100.5", "--rate")]
    [TestCase("--rate NaN", "--rate")]
    [TestCase("--rate half", "--rate")]
    [TestCase("--energy 0", "--energy")]
    [TestCase("--energy 101", "--energy")]
    [TestCase("--rates 10,,20", "--rates")]
    [TestCase("--rates 10,120", "--rates")]
    [TestCase("--rate 50 --energy 90", "--rate and --energy")]
    [TestCase("--rates 1,2 --rate 3", "--rate and --rates")]
    [TestCase("--epochs 0", "--epochs")]
    [TestCase("--epochs 1.5", "--epochs")]
    [TestCase("--batch 0", "--batch")]
    [TestCase("--lr 0", "--lr")]
    [TestCase("--lr inf", "--lr")]
    [TestCase("--weight-decay -1", "--weight-decay")]
    [TestCase("--label-smoothing 1", "--label-smoothing")]
    [TestCase("--label-smoothing much", "--label-smoothing")]
    [TestCase("--clip-norm 0", "--clip-norm")]
    [TestCase("--clip-value -1", "--clip-value")]
    [TestCase("--optimizer lion", "--optimizer")]
    [TestCase("--fft-size huge", "--fft-size")]
    [TestCase("--schedule step", "--schedule")]
    [TestCase("--schedule cosine:3", "--schedule")]
    [TestCase("--schedule plateau:0", "--schedule")]
    [TestCase("--precision fp16", "fp16, which is not supported yet · fp32, fp64")]
    [TestCase("--precision int8", "--precision")]
    [TestCase("--seed -1", "--seed")]
    [TestCase("--sneed 1", "--sneed")]
    [TestCase("--rate", "--rate")]
    public void What_is_wrong_is_said_in_one_sentence_that_names_it(string wrong, string named)
    {
        var error = Assert.Throws<UsageException>(() => CommandLine.Check(Words(wrong)))!;
        Assert.That(error.Message, Does.Contain(named).And.Not.Contain("\n"));
    }

    [TestCase("eval --checkpoint runs/a --data cbf --rate 0,50,80 --json")]
    [TestCase("eval --checkpoint runs/a --data cbf --device cpu")]
    [TestCase("devices --json")]
    [TestCase("summary --model fcn --data cbf --rate 50 --json")]
    [TestCase("summary --model fcn --input 1,128 --classes 3 --batch 8 --energy 90 --fft-size compat")]
    [TestCase("train --data cbf --model fcn --clip-norm 1 --clip-value 0.5 --label-smoothing 0.1 --find-lr")]
    [TestCase("train --data cbf --model fcn --decay-only-weights")]
    [TestCase("train --data cbf --model fcn --energy 90")]
    public void Lines_of_the_other_commands_are_read(string line) =>
        Assert.DoesNotThrow(() => CommandLine.Check(line.Split(' ')));

    [TestCase("eval --data cbf")]
    [TestCase("eval --checkpoint a --data cbf --rate 0,101")]
    [TestCase("train --model fcn")]
    [TestCase("devices all")]
    [TestCase("summary --model fcn")]
    [TestCase("summary --model fcn --data cbf --input 1,128")]
    [TestCase("summary --model fcn --data cbf --classes 3")]
    [TestCase("summary --model fcn --input 1,0")]
    [TestCase("summary --model fcn --input 128")]
    [TestCase("summary --model fcn --input 1,128 --classes 1")]
    [TestCase("summary --model fcnn --data cbf")]
    [TestCase("trian")]
    [TestCase("")]
    public void Wrong_lines_are_refused(string line) => Assert.Throws<UsageException>(
        () => CommandLine.Check(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    private static string[] Words(string options) =>
        $"train --data cbf --model fcn {options}".Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static TrainOptions Read(string options) => (TrainOptions)CommandLine.Check(Words(options))!;
}
