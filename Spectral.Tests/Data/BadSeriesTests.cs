using NUnit.Framework;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests;

/// <summary>Every kind of damaged input is refused in one sentence that names file and line.</summary>
public sealed class BadSeriesTests
{
    private const string Head = "@univariate true\n@seriesLength 3\n@classLabel true 1 2 3\n@data\n";
    private const string Good = Head + "1,2,3:1\n4,5,6:2\n";

    [TestCase("", "Toy_TRAIN.ts", "the file is empty")]
    [TestCase(" \n\n", "Toy_TRAIN.ts", "the file is empty")]
    [TestCase("@univariate true\n@classLabel true 1 2\n", "Toy_TRAIN.ts", "ends before @data")]
    [TestCase(Head, "Toy_TRAIN.ts", "has no series")]
    [TestCase("@data\n1:1\n", "Toy_TRAIN.ts, line 1", "no @classLabel")]
    [TestCase("@classLabel false\n@data\n1:1\n", "Toy_TRAIN.ts, line 1", "@classLabel false")]
    [TestCase("@timeStamps true\n@data\n1:1\n", "Toy_TRAIN.ts, line 1", "@timeStamps true")]
    [TestCase("@targetLabel true\n@data\n1:1\n", "Toy_TRAIN.ts, line 1", "@targetLabel true")]
    [TestCase("@seriesLength many\n@data\n1:1\n", "Toy_TRAIN.ts, line 1", "@seriesLength many")]
    [TestCase("1,2,3:1\n", "Toy_TRAIN.ts, line 1", "a row before @data")]
    [TestCase(Head + "1,2,3:1\n4,5,6", "Toy_TRAIN.ts, line 6", "a row without a label")]
    [TestCase(Head + "1,2,3:1\n4,5,6:", "Toy_TRAIN.ts, line 6", "a row without a label")]
    [TestCase(Head + "1,2,3:1\n4,5:2\n", "Toy_TRAIN.ts, line 6", "a series of 2 values")]
    [TestCase(Head + "1,2,3:1\n4,5,6,7:2\n", "Toy_TRAIN.ts, line 6", "a series of 4 values")]
    [TestCase(Head + "1,2,3:4,5,6:1\n", "Toy_TRAIN.ts, line 5", "a row of 2 dimensions")]
    [TestCase("@classLabel true 1 2\n@data\n1,2:1\n1,2,3:2\n", "Toy_TRAIN.ts, line 4", "line 3 has 2")]
    [TestCase("@classLabel true 1 2\n@data\n1,2:3,4:1\n1,2:2\n", "Toy_TRAIN.ts, line 4", "line 3 has 2")]
    [TestCase(Head + "1,?,3:1\n", "Toy_TRAIN.ts, line 5", "value 2 is missing ('?')")]
    [TestCase(Head + "1,2,NaN:1\n", "Toy_TRAIN.ts, line 5", "value 3 is missing ('NaN')")]
    [TestCase(Head + ",2,3:1\n", "Toy_TRAIN.ts, line 5", "value 1 is missing ('')")]
    [TestCase(Head + "1,Infinity,3:1\n", "Toy_TRAIN.ts, line 5", "value 2 is 'Infinity'")]
    [TestCase(Head + "1,1e50,3:1\n", "Toy_TRAIN.ts, line 5", "value 2 is '1e50'")]
    [TestCase(Head + "1,two,3:1\n", "Toy_TRAIN.ts, line 5", "'two', not a number")]
    [TestCase(Head + "1,2,3:?\n", "Toy_TRAIN.ts, line 5", "the label is '?'")]
    [TestCase(Head + "1,2,3:9\n", "Toy_TRAIN.ts, line 5", "the label '9'")]
    [TestCase(Head + "1,2,3:1\n4,5,6:1\n", "Toy_TRAIN.ts", "only one class, '1'")]
    public void RefusesABadTs(string train, string where, string what)
    {
        using var folder = new DataFolder().With("Toy_TRAIN.ts", train).With("Toy_TEST.ts", Good);
        Refuses(folder.Root, where, what);
    }

    [TestCase(Head + "1,2,3:1\n4,5,6:3\n", "Toy_TEST.ts, line 6", "the label '3'")]
    [TestCase("@classLabel true 1 2\n@data\n1,2:1\n", "Toy_TEST.ts", "1 dimensions × 2 values")]
    [TestCase("", "Toy_TEST.ts", "the file is empty")]
    public void RefusesATestFileThatDoesNotFit(string test, string where, string what)
    {
        using var folder = new DataFolder().With("Toy_TRAIN.ts", Good).With("Toy_TEST.ts", test);
        Refuses(folder.Root, where, what);
    }

    [TestCase("tsv", "1\t2\t3\n2\t3\n", "line 2", "a series of 1 values")]
    [TestCase("tsv", "1\t2\t3\n2\n", "line 2", "a single field")]
    [TestCase("tsv", "1\t2\t3\n\t2\t3\n", "line 2", "a series of 1 values")]
    [TestCase("tsv", "1\t2\tNaN\n2\t3\t4\n", "line 1", "value 2 is missing")]
    [TestCase("tsv", "1 2 3\n2 3 4\n", "line 1", "a single field")]
    [TestCase("txt", "1,2,3\n2,,4\n", "line 2", "value 1 is missing")]
    [TestCase("txt", "1 2 3\n2 3 x\n", "line 2", "'x', not a number")]
    public void RefusesABadTable(string ending, string train, string where, string what)
    {
        using var folder = new DataFolder()
            .With($"Toy_TRAIN.{ending}", train).With($"Toy_TEST.{ending}", "1\t2\t3\n");
        Refuses(folder.Root, $"Toy_TRAIN.{ending}, {where}", what);
    }

    [Test]
    public void RefusesAFolderWithoutAPair()
    {
        using var folder = new DataFolder().With("notes.md", "");
        Refuses(folder.Root, "data", "nothing recognisable");
        Refuses(folder["notes.md"], "data", "nothing recognisable");
        Refuses(folder["absent"], "data", "neither a built-in data set nor an existing folder");
        folder.With("Toy_TRAIN.ts", Good);
        Refuses(folder.Root, "data", "only Toy_TRAIN.ts");
        Refuses(folder["Toy_TRAIN.ts"], "data", "Toy_TEST.ts is missing");
        folder.With("Toy_TEST.txt", "1 2 3");
        Refuses(folder.Root, "data", "only Toy_TEST.txt, Toy_TRAIN.ts");
        Assert.That(() => new UcrFormat().Read(folder["absent"]), Throws.TypeOf<DataFormatException>());
    }

    [Test]
    public void RefusesAnUnreadableFile()
    {
        // A folder in the place of a file cannot be read by anyone, root included.
        using var folder = new DataFolder().With("Toy_TRAIN.ts", Good).With("Toy_TEST.ts", Good);
        File.Delete(folder["Toy_TEST.ts"]);
        File.CreateSymbolicLink(folder["Toy_TEST.ts"], folder["gone"]);
        Refuses(folder.Root, "Toy_TEST.ts", "cannot be read");
    }

    private static void Refuses(string path, string where, string what)
    {
        var error = Assert.Throws<DataFormatException>(() => DataSource.Open(path))!;
        Assert.That(error.Operation, Is.EqualTo(where));
        Assert.That(error.Message, Does.Contain(what).And.Not.Contain("\n"));
    }
}
