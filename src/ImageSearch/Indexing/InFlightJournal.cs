using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ImageSearch.Indexing;

/// <summary>
/// Remembers which files the process is on, so that the next run knows where it died. One slot a worker, each a single write
/// to the page cache, which outlives the process; nothing is forced to the disk, because a power cut condemns no file.
/// </summary>
internal sealed class InFlightJournal : IDisposable
{
    private const int SlotLength = 8192;
    private const int HeaderLength = 32;

    private readonly SafeFileHandle _file;

    private InFlightJournal(SafeFileHandle file, IReadOnlyList<InFlightFile> leftover)
    {
        _file = file;
        Leftover = leftover;
    }

    /// <summary>The files on which an earlier process died.</summary>
    public IReadOnlyList<InFlightFile> Leftover { get; }

    /// <summary>Opens the journal and reads what the last process left in it. What is left stays until <see cref="Clear"/>.</summary>
    public static InFlightJournal Open(string path)
    {
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        var leftover = new List<InFlightFile>();
        var slot = new byte[SlotLength];
        for (var offset = 0L; offset < RandomAccess.GetLength(file); offset += SlotLength)
        {
            if (Decode(slot.AsSpan(0, RandomAccess.Read(file, slot, offset))) is { } entry)
            {
                leftover.Add(entry);
            }
        }

        return new InFlightJournal(file, leftover);
    }

    /// <summary>Empties all slots, once what was left over is in the ledger.</summary>
    public void Clear() => RandomAccess.SetLength(_file, 0);

    /// <summary>Notes that the worker of <paramref name="slot"/> is on the file until the result is disposed.</summary>
    public Mark Begin(int slot, InFlightFile entry)
    {
        var path = Encoding.UTF8.GetBytes(entry.Path);
        var bytes = new byte[HeaderLength + path.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, path.Length);
        bytes[4] = entry.Alone ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), entry.Stamp.Size);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), entry.Stamp.Modified);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), entry.Stamp.Changed);
        path.CopyTo(bytes.AsSpan(HeaderLength));
        RandomAccess.Write(_file, bytes, (long)slot * SlotLength);
        return new Mark(this, slot);
    }

    public void Dispose() => _file.Dispose();

    private static InFlightFile? Decode(ReadOnlySpan<byte> slot)
    {
        if (slot.Length < HeaderLength)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(slot);
        return length <= 0 || length > slot.Length - HeaderLength
            ? null
            : new InFlightFile(
                Encoding.UTF8.GetString(slot.Slice(HeaderLength, length)),
                new FileStamp(
                    BinaryPrimitives.ReadInt64LittleEndian(slot[8..]),
                    BinaryPrimitives.ReadInt64LittleEndian(slot[16..]),
                    BinaryPrimitives.ReadInt64LittleEndian(slot[24..])),
                slot[4] == 1);
    }

    /// <summary>Ends the note when disposed.</summary>
    internal readonly struct Mark(InFlightJournal journal, int slot) : IDisposable
    {
        public void Dispose() => RandomAccess.Write(journal._file, stackalloc byte[sizeof(int)], (long)slot * SlotLength);
    }
}
