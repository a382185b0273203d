using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace ImageSearch.Indexing;

/// <summary>Folders and files through Linux's own calls: readdir(3) and statx(2).</summary>
internal static partial class LinuxFileSystem
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint BasicStats = 0x7FF; // STATX_BASIC_STATS
    private const int NoEntry = 2; // ENOENT
    private const int NotAFolder = 20; // ENOTDIR
    private const int NameTooLong = 36; // ENAMETOOLONG
    private const int EntryLength = 16; // offset of d_reclen in struct dirent
    private const int EntryName = 19; // offset of d_name in struct dirent

    public static List<FolderEntry> List(string folder)
    {
        var stream = OpenFolder(folder);
        if (stream == 0)
        {
            throw Failure(Marshal.GetLastPInvokeError(), folder);
        }

        try
        {
            var entries = new List<FolderEntry>();
            while (NextEntry(stream, folder) is { } entry)
            {
                entries.Add(entry);
            }

            return entries;
        }
        finally
        {
            _ = CloseFolder(stream);
        }
    }

    public static FolderEntry Look(string path, string name)
    {
        if (Statx(CurrentFolder, path, NoFollow, BasicStats, out var status) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error is NoEntry or NotAFolder
                ? new FolderEntry(name, FolderEntryKind.Gone)
                : new FolderEntry(name, FolderEntryKind.Unreadable, Fault: Explain(error));
        }

        return (status.Mode & 0xF000) switch
        {
            0x8000 => new FolderEntry(name, FolderEntryKind.File, new FileStamp((long)status.Size, status.Modified.Ticks, status.Changed.Ticks)),
            0x4000 => new FolderEntry(name, FolderEntryKind.Folder),
            0xA000 => new FolderEntry(name, FolderEntryKind.Link),
            _ => new FolderEntry(name, FolderEntryKind.Special),
        };
    }

    public static long DeviceOf(string path) =>
        Statx(CurrentFolder, path, 0, BasicStats, out var status) == 0 ? ((long)status.DeviceMajor << 32) | status.DeviceMinor : 0;

    private static FolderEntry? NextEntry(nint stream, string folder)
    {
        while (true)
        {
            var entry = ReadFolder(stream);
            if (entry == 0)
            {
                // The end and a failure differ by errno alone; the call is made with errno cleared.
                var error = Marshal.GetLastPInvokeError();
                return error == 0 ? null : throw Failure(error, folder);
            }

            var name = new byte[Marshal.ReadInt16(entry, EntryLength) - EntryName];
            Marshal.Copy(entry + EntryName, name, 0, name.Length);
            var bytes = name.AsSpan(0, name.AsSpan().IndexOf((byte)0));
            if (!bytes.SequenceEqual("."u8) && !bytes.SequenceEqual(".."u8))
            {
                return Entry(folder, bytes);
            }
        }
    }

    private static FolderEntry Entry(string folder, ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            var escaped = Escape(bytes);
            return new FolderEntry(escaped, FolderEntryKind.Unreadable, Fault: $"the name is not UTF-8 (its bytes: {escaped}); rename the file");
        }

        var name = Encoding.UTF8.GetString(bytes);
        return Look($"{folder}/{name}", name);
    }

    private static string Escape(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        while (!bytes.IsEmpty)
        {
            var valid = Rune.DecodeFromUtf8(bytes, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            if (valid)
            {
                _ = text.Append(rune.ToString());
            }
            else
            {
                foreach (var bad in bytes[..length])
                {
                    _ = text.Append($"\\x{bad:X2}");
                }
            }

            bytes = bytes[length..];
        }

        return text.ToString();
    }

    private static IOException Failure(int error, string folder) => error is NoEntry or NotAFolder
        ? new DirectoryNotFoundException($"{folder}: {Explain(error)}")
        : new IOException(Explain(error));

    private static string Explain(int error) => error == NameTooLong
        ? "the path is longer than the system allows; shorten the names of its folders"
        : Marshal.GetPInvokeErrorMessage(error);

    [LibraryImport("libc", EntryPoint = "opendir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenFolder(string path);

    [LibraryImport("libc", EntryPoint = "readdir", SetLastError = true)]
    private static partial nint ReadFolder(nint stream);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int CloseFolder(nint stream);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, out StatxResult result);

    /// <summary>struct statx of linux/stat.h, the same on every architecture; the fields that are read.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatxResult
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(96)]
        public StatxTime Changed;

        [FieldOffset(112)]
        public StatxTime Modified;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }

    [StructLayout(LayoutKind.Sequential, Size = 16)]
    private struct StatxTime
    {
        public long Seconds;
        public uint Nanoseconds;

        public readonly long Ticks => DateTime.UnixEpoch.Ticks + (Seconds * TimeSpan.TicksPerSecond) + (Nanoseconds / TimeSpan.NanosecondsPerTick);
    }
}
