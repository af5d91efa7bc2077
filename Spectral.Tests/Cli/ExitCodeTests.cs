using System.Text.Json;
using NUnit.Framework;
using Spectral.Cli;
using Spectral.Kernels;

namespace Spectral.Tests;

public class ExitCodeTests
{
    [TestCase("--help", 0)]
    [TestCase("--version", 0)]
    [TestCase("train --help", 0)]
    [TestCase("devices", 0)]
    [TestCase("train --data cbf --model fcn --rate 150", 2)]
    [TestCase("train --data cbf --model fcn --device cuda:77", 2)]
    [TestCase("train --data cbf --model perceptron", 2)]
    [TestCase("train --data no-such-folder --model fcn --device cpu", 1)]
    [TestCase("eval --checkpoint no-such-run --data cbf --device cpu", 1)]
    [TestCase("bench --help", 0)]
    [TestCase("bench --scaling", 2)]
    [TestCase("dance", 2)]
    public void Failures_print_one_sentence_and_exit_as_documented(string line, int expected)
    {
        var (code, output, error) = CommandRunner.Run(line.Split(' '));
        Assert.That(code, Is.EqualTo(expected), error);
        if (code == 0)
        {
            Assert.That(error, Is.Empty);
            Assert.That(output, Is.Not.Empty);
        }
        else
        {
            Assert.That(error, Does.StartWith("spectral: "));
            Assert.That(error.TrimEnd('\n'), Does.Not.Contain("\n"));
        }
    }

    [Test]
    public void Errors_nobody_foresaw_are_one_sentence_too()
    {
        using var error = new StringWriter();
        var before = Console.Error;
        Console.SetError(error);
        try
        {
            Assert.That(ExitCodes.Guard(() => throw new DivideByZeroException("a\nb")), Is.EqualTo(1));
        }
        finally
        {
            Console.SetError(before);
        }

        Assert.That(error.ToString().Trim(),
            Does.Contain("DivideByZeroException: a b").And.Not.Contain("\n"));
    }

    [Test]
    public void Devices_are_listed_with_the_reason_of_a_rejection_and_one_recommendation()
    {
        DeviceInfo[] devices =
        [
            new("cuda:0", DeviceKind.Cuda, "none", 0, "no driver", false),
            new("opencl:0", DeviceKind.OpenCl, "a card", 3L << 30, null, false),
            new("cpu", DeviceKind.Cpu, "threads", 0, null, true),
        ];
        Assert.That(DevicesCommand.AsTable(devices), Is.EqualTo(
            "  cuda:0    none              rejected: no driver\n"
            + "* opencl:0  a card   3.0 GiB  recommended\n"
            + "  cpu       threads           usable\n"));
        var json = JsonDocument.Parse(DevicesCommand.AsJson(devices)).RootElement;
        Assert.That(json.GetArrayLength(), Is.EqualTo(3));
        Assert.That(json[0].GetProperty("rejected").GetString(), Is.EqualTo("no driver"));
        Assert.That(json[1].GetProperty("memoryBytes").GetInt64(), Is.EqualTo(3L << 30));
        Assert.That(json.EnumerateArray().Select(d => d.GetProperty("recommended").GetBoolean()),
            Is.EqualTo(new[] { false, true, false }));
    }
}
