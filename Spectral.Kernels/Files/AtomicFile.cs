using System.Runtime.InteropServices;
using System.Text;

namespace Spectral.Kernels;

/// <summary>
/// Replaces files whole: the new content goes to a temporary file beside the old one, to the disk, and only
/// then takes the old one's name. Whoever reads, and whatever is killed when, sees the old or the new
/// content.
/// </summary>
public static class AtomicFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>
    /// The name under which a file is written before it replaces <paramref name="path"/>. It is always the
    /// same, so that what a killed process left behind is overwritten by the next writer.
    /// </summary>
    public static string TemporaryPath(string path) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/", $".{Path.GetFileName(path)}.tmp");

    /// <summary>Writes a text as UTF-8 without a byte order mark.</summary>
    /// <exception cref="StorageException">The file cannot be written; the old one is as it was.</exception>
    public static void WriteText(string path, string text) =>
        Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes whatever <paramref name="write"/> writes. Missing folders are made.</summary>
    /// <exception cref="StorageException">The file cannot be written; the old one is as it was.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = TemporaryPath(path);
        var folder = Path.GetDirectoryName(temporary)!;
        var opened = false;
        try
        {
            Directory.CreateDirectory(folder);
            if (Directory.Exists(path))
                throw new IOException("a folder of that name is in the way");
            // Another writer of the same file is refused by FileShare.None.
            using (var stream = new FileStream(
                temporary, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize))
            {
                opened = true;
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
            SyncFolder(folder);
        }
        catch (Exception error)
        {
            if (opened)
                Remove(temporary);
            if (error is IOException or UnauthorizedAccessException)
                throw Explain(path, folder, error);
            throw;
        }
    }

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is overwritten by the next writer; the first error is the one to report.
        }
    }

    private static StorageException Explain(string path, string folder, Exception error)
    {
        var (reason, remedy) = error switch
        {
            _ when IsDiskFull(error) => ("the disk is full", "free some space, or write to another disk"),
            UnauthorizedAccessException =>
                ("writing there is not permitted", "choose a folder you may write to"),
            _ when File.Exists(folder) => ($"'{folder}' is a file, not a folder", "choose another folder"),
            DirectoryNotFoundException => ("the folder cannot be made", "choose another folder"),
            _ => (error.Message.TrimEnd('.'), "check the path, the disk and its permissions"),
        };
        return new StorageException(
            Path.GetFileName(path), $"'{path}' cannot be written: {reason}", "a writable folder with room",
            $"{remedy}; what was there before is unchanged", error);
    }

    // Low words of the error codes: ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL; ENOSPC and EDQUOT of Linux.
    private static bool IsDiskFull(Exception error) =>
        (error.HResult & 0xFFFF) is 0x27 or 0x70
        || (!OperatingSystem.IsWindows() && error.HResult is 28 or 122);

    // The new name is on disk only when its folder is. Where that cannot be asked for, the rename is still
    // atomic, it may only come late; Windows has no such call, and NTFS journals the rename.
    private static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0)
            return;
        _ = Sync(descriptor);
        _ = Close(descriptor);
    }

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
