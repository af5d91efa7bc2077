using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Spectral.Tests;

/// <summary>The C# blocks of a page as one program with top-level statements.</summary>
public static class PageProgram
{
    // What the SDK imports into a console program.
    private const string Implicit =
        "global using System; global using System.Collections.Generic; global using System.IO; "
        + "global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest);

    /// <summary>Compiles and runs the blocks, in order; throws with the page's line numbers.</summary>
    public static void Run(DocPage page)
    {
        var program = CSharpSyntaxTree.ParseText(Join(page), Parsing);
        var compilation = CSharpCompilation.Create(
            "Page" + Guid.NewGuid().ToString("N"),
            [program, CSharpSyntaxTree.ParseText(Implicit, Parsing)],
            References(),
            new CSharpCompilationOptions(
                OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable,
                allowUnsafe: true));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        if (!result.Success)
            throw new InvalidDataException(string.Join(
                '\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));

        var main = Assembly.Load(stream.ToArray()).EntryPoint!;
        try
        {
            main.Invoke(null, [Array.Empty<string>()]);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(e.InnerException);
        }
    }

    // Usings first, then the statements of all blocks, then the types, as the language wants them.
    private static string Join(DocPage page)
    {
        var blocks = page.Blocks.Where(b => b.Language == "csharp").ToList();
        var trees = blocks.Select(b => CSharpSyntaxTree.ParseText(b.Code, Parsing));
        var roots = trees.Select(t => t.GetCompilationUnitRoot()).ToList();
        var usings = roots.SelectMany(r => r.Usings).Select(u => u.ToString()).Distinct();
        var text = new StringBuilder(string.Join('\n', usings)).Append('\n');
        foreach (var statements in new[] { true, false })
            for (var i = 0; i < blocks.Count; i++)
                foreach (var member in roots[i].Members.Where(m => m is GlobalStatementSyntax == statements))
                    Append(text, member, blocks[i].Line, page.Name);
        return text.ToString();
    }

    private static void Append(StringBuilder text, MemberDeclarationSyntax member, int firstLine, string name)
    {
        var line = firstLine + member.GetLocation().GetLineSpan().StartLinePosition.Line;
        text.Append($"#line {line} \"{name}\"\n{member}\n");
    }

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Select(path => MetadataReference.CreateFromFile(path));
}
