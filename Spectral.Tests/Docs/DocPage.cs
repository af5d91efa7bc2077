using System.Text;

namespace Spectral.Tests;

/// <summary>A fenced block of a page.</summary>
/// <param name="Language">The word after the fence.</param>
/// <param name="Line">Line of the first line of code, from 1.</param>
/// <param name="Code">The code.</param>
public sealed record CodeBlock(string Language, int Line, string Code);

/// <summary>A Markdown page of the project.</summary>
/// <param name="Name">Its path from the top folder.</param>
/// <param name="Blocks">Its fenced blocks, in order.</param>
public sealed record DocPage(string Name, IReadOnlyList<CodeBlock> Blocks)
{
    /// <summary>Every page whose code is tested.</summary>
    public static IReadOnlyList<DocPage> All { get; } =
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md"))
            .Order(StringComparer.Ordinal)
            .Select(path => Read(Path.GetRelativePath(Repository.Root, path), File.ReadLines(path))),
    ];

    /// <summary>Splits a page into its blocks.</summary>
    public static DocPage Read(string name, IEnumerable<string> lines)
    {
        var blocks = new List<CodeBlock>();
        var (language, start, number) = ((string?)null, 0, 0);
        var code = new StringBuilder();
        foreach (var line in lines)
        {
            number++;
            if (!line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                if (language is not null)
                    code.Append(line).Append('\n');
            }
            else if (language is null)
            {
                (language, start) = (line.Trim().TrimStart('`').Trim(), number + 1);
            }
            else
            {
                blocks.Add(new CodeBlock(language, start, code.ToString()));
                code.Clear();
                language = null;
            }
        }

        return language is null
            ? new DocPage(name, blocks)
            : throw new InvalidDataException($"{name}:{start}: the block is not closed");
    }

    /// <summary>The name, for the list of tests.</summary>
    public override string ToString() => Name;
}
