using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests;

public sealed class AtomicFileTests
{
    [Test]
    public void ReplacesAndMakesFolders()
    {
        using var folder = new DataFolder();
        var path = Path.Combine(folder.Root, "a", "b", "result.json");
        AtomicFile.WriteText(path, "first, longer");
        AtomicFile.WriteText(path, "zweite ü");
        Assert.That(File.ReadAllBytes(path), Is.EqualTo("zweite ü"u8.ToArray()));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(path)!), Is.EqualTo(new[] { path }));
    }

    [Test]
    public void KeepsTheOldFileWhenTheWriterFails()
    {
        using var folder = new DataFolder().With("x", "old");
        Assert.That(
            () => AtomicFile.Write(folder["x"], stream =>
            {
                stream.Write(new byte[1 << 20]);
                throw new InvalidOperationException("half way");
            }),
            Throws.InvalidOperationException);
        Assert.That(File.ReadAllText(folder["x"]), Is.EqualTo("old"));
        Assert.That(Directory.GetFiles(folder.Root), Has.Length.EqualTo(1), "no temporary file is left");
    }

    [Test]
    public void WhatAKilledWriterLeftBehindIsIgnoredAndCleaned()
    {
        using var folder = new DataFolder().With("x", "old");
        File.WriteAllText(AtomicFile.TemporaryPath(folder["x"]), new string('?', 1000));
        Assert.That(File.ReadAllText(folder["x"]), Is.EqualTo("old"));
        AtomicFile.WriteText(folder["x"], "new");
        Assert.That(File.ReadAllText(folder["x"]), Is.EqualTo("new"));
        Assert.That(Directory.GetFiles(folder.Root), Has.Length.EqualTo(1));
    }

    [Test]
    public void ASecondWriterIsRefusedAndDisturbsNothing()
    {
        using var folder = new DataFolder();
        AtomicFile.Write(folder["x"], stream =>
        {
            stream.WriteByte((byte)'1');
            Assert.That(() => AtomicFile.WriteText(folder["x"], "2"), Throws.TypeOf<StorageException>());
        });
        Assert.That(File.ReadAllText(folder["x"]), Is.EqualTo("1"));
    }

    [Test]
    [Platform("Linux")]
    public void SaysThatTheDiskIsFull()
    {
        // The temporary name leads to the device that refuses every byte for lack of room.
        using var folder = new DataFolder().With("x", "old");
        File.CreateSymbolicLink(AtomicFile.TemporaryPath(folder["x"]), "/dev/full");
        Refuses(folder["x"], "the disk is full");
        Assert.That(File.ReadAllText(folder["x"]), Is.EqualTo("old"));
        Assert.That(File.Exists("/dev/full"), Is.True);
        Assert.That(Directory.GetFileSystemEntries(folder.Root), Has.Length.EqualTo(1));
    }

    [Test]
    public void SaysWhyAPathIsNoGood()
    {
        using var folder = new DataFolder().With("file", "");
        Refuses(Path.Combine(folder["file"], "x"), "is a file, not a folder");
        Refuses(Path.Combine(folder["file"], "deeper", "x"), "cannot be written");
        Directory.CreateDirectory(folder["taken"]);
        Refuses(folder["taken"], "a folder of that name is in the way");
    }

    [Test]
    [Platform("Linux")]
    public void SaysThatAFolderIsReadOnly() => Refuses("/proc/spectral/x", "cannot be");

    private static void Refuses(string path, string what)
    {
        var error = Assert.Throws<StorageException>(
            () => AtomicFile.Write(path, stream => stream.Write(new byte[1 << 18])))!;
        Assert.That(error.Message, Does.Contain(what).And.Contain(path).And.Not.Contain("\n"));
    }
}
