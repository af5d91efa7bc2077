using NUnit.Framework;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests;

public sealed class CheckpointFolderTests
{
    private static readonly NamedArray[] Tensors =
        [NamedArray.From<float>("weight", [1, 2, 3], 3), NamedArray.From<long>("step", [9], [])];

    private static readonly Dictionary<string, string> Metadata = new() { ["trainer"] = """{"epoch":3}""" };

    [Test]
    public void GivesBackWhatWasSaved()
    {
        using var folder = new DataFolder();
        var checkpoint = new CheckpointFolder(folder["run"]);
        Assert.That(checkpoint.Exists, Is.False);
        Assert.That(
            checkpoint.Load, Throws.TypeOf<DataFormatException>().With.Message.Contains("no checkpoint"));

        checkpoint.Save(Tensors, Metadata);
        checkpoint.Save(Tensors, Metadata);
        var state = checkpoint.Load();
        Assert.That(checkpoint.Exists, Is.True);
        Assert.That(state.Metadata, Is.EquivalentTo(Metadata));
        Assert.That(state["weight"].AsSpan<float>().ToArray(), Is.EqualTo(new[] { 1f, 2, 3 }));
        Assert.That(state["step"].AsSpan<long>()[0], Is.EqualTo(9));
        Assert.That(
            Directory.GetFileSystemEntries(folder["run"], "*", SearchOption.AllDirectories),
            Has.Length.EqualTo(2));
    }

    [Test]
    public void EveryChangedByteIsNoticed()
    {
        using var folder = new DataFolder();
        var checkpoint = new CheckpointFolder(folder.Root);
        checkpoint.Save(Tensors, Metadata);
        var bytes = File.ReadAllBytes(checkpoint.StatePath);
        for (var i = 0; i < bytes.Length; i++)
        {
            // Padding of the header carries nothing: another space-like byte there is not a change.
            if (bytes[i] == ' ')
                continue;
            var changed = (byte[])bytes.Clone();
            changed[i] ^= 1;
            File.WriteAllBytes(checkpoint.StatePath, changed);
            Assert.That(checkpoint.Load, Throws.TypeOf<DataFormatException>(), $"byte {i}");
        }
    }

    [Test]
    public void AKillWhileSavingLeavesTheStateBefore([Values(0, 10, 100, 200)] int written)
    {
        using var folder = new DataFolder();
        var checkpoint = new CheckpointFolder(folder.Root);
        checkpoint.Save(Tensors, Metadata);
        // What is on disk when the process ends between two writes: a part of the new file, under its
        // temporary name.
        var next = File.ReadAllBytes(checkpoint.StatePath);
        File.WriteAllBytes(
            AtomicFile.TemporaryPath(checkpoint.StatePath), next[..Math.Min(written, next.Length)]);

        var resumed = new CheckpointFolder(folder.Root);
        Assert.That(resumed.Load()["step"].AsSpan<long>()[0], Is.EqualTo(9));
        resumed.Save([NamedArray.From<long>("step", [10], [])], Metadata);
        Assert.That(resumed.Load()["step"].AsSpan<long>()[0], Is.EqualTo(10));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(resumed.StatePath)!), Has.Length.EqualTo(1));
    }

    [Test]
    public void AFailedSaveLeavesTheStateBefore()
    {
        using var folder = new DataFolder();
        var checkpoint = new CheckpointFolder(folder.Root);
        checkpoint.Save(Tensors, Metadata);
        Assert.That(
            () => checkpoint.Save([Tensors[0], Tensors[0]], Metadata),
            Throws.TypeOf<InvalidInputException>());
        // A folder under the temporary name keeps the new file from being written.
        Directory.CreateDirectory(AtomicFile.TemporaryPath(checkpoint.StatePath));
        Assert.That(
            () => checkpoint.Save(Tensors, new Dictionary<string, string>()),
            Throws.TypeOf<StorageException>());
        Assert.That(checkpoint.Load().Metadata, Is.EquivalentTo(Metadata));
    }
}
