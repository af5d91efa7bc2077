using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Spectral.Cli;

namespace Spectral.Tests;

/// <summary>
/// The code in README and docs: C# blocks are compiled and run, those of a page one after the other as one
/// program; command lines are parsed by the parser of the program.
/// </summary>
public partial class SnippetTests
{
    private static readonly string[] Known = ["csharp", "bash", "json", "text", "csv", "xml", "mermaid"];

    private static IEnumerable<DocPage> CSharpPages => PagesWith("csharp");

    private static IEnumerable<DocPage> CommandPages => PagesWith("bash");

    [TestCaseSource(nameof(CSharpPages))]
    public void CSharp_blocks_compile_and_run(DocPage page)
    {
        var before = Environment.CurrentDirectory;
        var folder = Directory.CreateTempSubdirectory("spectral-docs-");
        Environment.CurrentDirectory = folder.FullName;
        try
        {
            PageProgram.Run(page);
        }
        finally
        {
            Environment.CurrentDirectory = before;
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public void Blocks_share_variables_and_may_declare_types()
    {
        var page = DocPage.Read("page.md", """
            ```csharp
            using System.Text;
            var b = new StringBuilder("a");
            using var s = new MemoryStream();
            ```
            ```csharp
            using System.Text;
            if (new C().Twice(b.ToString()) != "aa") throw new Exception("wrong");
            sealed class C { public string Twice(string x) => x + x; }
            ```
            """.Split('\n'));
        Assert.DoesNotThrow(() => PageProgram.Run(page));

        var wrong = DocPage.Read("page.md", ["text", "```csharp", "var x = 1;", "var y = z;", "```"]);
        Assert.That(() => PageProgram.Run(wrong),
            Throws.InstanceOf<InvalidDataException>().With.Message.StartsWith("page.md(4,9): error CS0103"));
    }

    [TestCaseSource(nameof(CommandPages))]
    public void Command_lines_are_understood(DocPage page) => Assert.Multiple(() =>
    {
        foreach (var (line, number) in page.Blocks.Where(b => b.Language == "bash").SelectMany(Commands))
            Assert.DoesNotThrow(() => Check(line), $"{page.Name}:{number}: {line}");
    });

    [Test]
    public void Every_block_names_its_language() => Assert.That(
        DocPage.All.SelectMany(p => p.Blocks.Where(b => !Known.Contains(b.Language))
            .Select(b => $"{p.Name}:{b.Line}: '{b.Language}'")),
        Is.Empty, $"known: {string.Join(", ", Known)}");

    [Test]
    public void Lines_are_taken_out_of_shell_blocks()
    {
        var block = new CodeBlock("bash", 10, """
            cd spectral
            ./spectral
            SPECTRAL_DEVICE=cpu ./spectral train --data cbf \
                --model fcn   # a comment
            ./spectral devices --json | head
            """);
        Assert.That(Commands(block), Is.EqualTo(new[]
        {
            ("", 11), ("train --data cbf --model fcn", 12), ("devices --json", 14),
        }));
        Assert.DoesNotThrow(() => Check("train --data 'a b' --model fcn"));
        Assert.Throws<UsageException>(() => Check("train --data cbf --modle fcn"));
    }

    private static IEnumerable<DocPage> PagesWith(string language) =>
        DocPage.All.Where(p => p.Blocks.Any(b => b.Language == language));

    // The arguments of each './spectral' in a shell block, with the line number.
    private static IEnumerable<(string Arguments, int Line)> Commands(CodeBlock block)
    {
        var joined = block.Code.Replace("\\\n", " \0", StringComparison.Ordinal);
        var line = block.Line;
        foreach (var text in joined.Split('\n'))
        {
            if (SpectralCommand().Match(text) is { Success: true } match)
                yield return (Blanks().Replace(match.Groups[1].Value, " ").Trim(), line);
            line += 1 + text.Count(c => c == '\0');
        }
    }

    private static void Check(string arguments)
    {
        if (arguments.Length > 0)
            CommandLine.Check([.. CommandLineParser.SplitCommandLine(arguments.Replace('\'', '"'))]);
    }

    [GeneratedRegex(@"[\s\0]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^\s*(?:[A-Z_]+=\S+\s+)*\./spectral\b([^|;&>#]*)")]
    private static partial Regex SpectralCommand();
}
