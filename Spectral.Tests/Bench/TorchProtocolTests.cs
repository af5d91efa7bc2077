using System.Text.Json.Nodes;
using NUnit.Framework;
using Spectral.Bench;

namespace Spectral.Tests;

public class TorchProtocolTests
{
    private const string Hello =
        """{"name": "Fake", "versions": {"torch": "9.9"}, "kind": "cpu", "device": "none", "threads": 2}""";

    [Test]
    public void Requests_and_answers_are_lines()
    {
        using var requests = new StringWriter();
        using var process = new TorchProcess(requests, new StringReader(string.Join('\n',
            Hello, "{}", """{"seconds": 0.25, "cpu": 0.5}""", """{"error": 1e-7}""", "{}")));
        using (var contender = new TorchContender(process, new JsonObject { ["kind"] = "gemm" }))
        {
            Assert.That(contender.Run(3), Is.EqualTo(new Sample(0.25, 0.5)));
            Assert.That(contender.Error(), Is.EqualTo(1e-7));
        }

        Assert.That(process.Description, Is.EqualTo("Fake (torch 9.9) on none, 2 threads"));
        Assert.That(process.IsGpu, Is.False);
        var asked = requests.ToString().Trim().Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        Assert.That(asked.Select(r => (string?)r["do"]),
            Is.EqualTo((string[])["hello", "make", "time", "error", "drop"]));
        Assert.That((string?)asked[1]["kind"], Is.EqualTo("gemm"));
        Assert.That((int)asked[2]["runs"]!, Is.EqualTo(3));
        Assert.That(asked.Skip(1).Select(r => (string?)r["id"]).Distinct().Count(), Is.EqualTo(1));
    }

    [TestCase("""{"error_text": "MemoryError: too large"}""", "too large")]
    [TestCase("Traceback", "Traceback")]
    [TestCase("", "ended")]
    public void Whatever_goes_wrong_there_is_a_rivals_error(string answer, string said)
    {
        using var process = new TorchProcess(
            new StringWriter(), new StringReader(answer == "" ? Hello : Hello + "\n" + answer));
        Assert.That(() => process.Ask(new JsonObject { ["do"] = "make" }),
            Throws.InstanceOf<RivalException>().With.Message.Contains(said));
    }

    [Test]
    public void It_is_a_process_of_its_own_that_ends_with_us()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var script = Repository.Artifact("bench/fake-rival.sh");
        File.WriteAllText(script, $"while read -r line; do echo '{Hello}'; done\n");
        using var process = TorchProcess.Start("sh", script);
        Assert.That((string?)process.Ask(new JsonObject { ["do"] = "hello" })["name"], Is.EqualTo("Fake"));
    }
}
