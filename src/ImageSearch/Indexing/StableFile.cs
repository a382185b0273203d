using System.Security.Cryptography;
using ImageSearch.Imaging;

namespace ImageSearch.Indexing;

/// <summary>The bytes of a file that did not change while they were read.</summary>
/// <param name="Bytes">All of them.</param>
/// <param name="Sha256">Of exactly these bytes, lower-case hexadecimal.</param>
/// <param name="Stamp">The file's state before and after the reading.</param>
/// <param name="ReadAt">When the reading began, in UTC ticks.</param>
internal sealed record StableFile(ReadOnlyMemory<byte> Bytes, string Sha256, FileStamp Stamp, long ReadAt)
{
    private const int Attempts = 3;

    /// <summary>Reads a file whole, again when it changed meanwhile.</summary>
    /// <param name="path">Absolute path of what was a regular file a moment ago.</param>
    /// <param name="maxBytes">Larger files are not read.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    /// <exception cref="ImageFormatException">It is larger than <paramref name="maxBytes"/>.</exception>
    /// <exception cref="IOException">It cannot be read, is no regular file, or changed during every attempt.</exception>
    public static StableFile Read(string path, long maxBytes, TimeProvider time)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var readAt = time.GetUtcNow().UtcTicks;
            var before = StampOf(path);
            if (before.Size > maxBytes)
            {
                throw new ImageFormatException(ImageRefusal.TooLarge, $"The file has {before.Size:N0} bytes; the limit is {maxBytes:N0}.");
            }

            if (ReadBytes(path, before.Size) is { } bytes && StampOf(path) == before)
            {
                return new StableFile(bytes, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), before, readAt);
            }
        }

        throw new IOException($"it changed while it was being read, {Attempts} times");
    }

    /// <summary>The first bytes of a file, at most <paramref name="length"/>.</summary>
    public static byte[] ReadHead(string path, int length)
    {
        _ = StampOf(path);
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var head = new byte[length];
        return head[..RandomAccess.Read(file, head, 0)];
    }

    /// <summary>Null when the file was not as long as its status said.</summary>
    private static ReadOnlyMemory<byte>? ReadBytes(string path, long length)
    {
        if (length == 0)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

        // One byte more than expected is asked for, to notice a file that grew.
        var bytes = new byte[length + 1];
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(read), read) is > 0 and var more)
        {
            read += more;
        }

        // Not a conditional expression: in one, null would become an empty memory.
        if (read != length)
        {
            return null;
        }

        return bytes.AsMemory(0, read);
    }

    private static FileStamp StampOf(string path)
    {
        var entry = FileSystemReader.Look(path);
        return entry.Kind switch
        {
            FolderEntryKind.File => entry.Stamp,
            FolderEntryKind.Gone => throw new FileNotFoundException("it is gone", path),
            FolderEntryKind.Unreadable => throw new IOException(entry.Fault),
            _ => throw new IOException("it is no regular file any more"),
        };
    }
}
