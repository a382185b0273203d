using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace ImageSearch.Collections.Vectors;

/// <summary>
/// <c>commit.log</c>: a 64-byte header and one <see cref="CommitRecord"/> for each append. A row is part of the store when a
/// record that covers it is whole; a record that a crash tore off the end is passed over, and the next one takes its place.
/// </summary>
internal sealed class CommitLog : IDisposable
{
    /// <summary>The file's name inside the store's folder.</summary>
    public const string FileName = "commit.log";

    private const int HeaderSize = 64;
    private const ulong Magic = 0x31474F4C56534D49; // "IMSVLOG1"
    private const int FormatVersion = 1;
    private const int HeaderChecksumAt = HeaderSize - sizeof(uint);
    private const int RecordsPerRead = 2048;

    private readonly SafeFileHandle _file;
    private readonly string _folder;
    private readonly byte[] _record = new byte[CommitRecord.Size];
    private long _records;

    private CommitLog(SafeFileHandle file, string folder)
    {
        _file = file;
        _folder = folder;
    }

    /// <summary>Rows that the log's whole records add up to, as far as they have been read.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows that a full segment holds, a power of two.</summary>
    public int SegmentRows { get; private set; }

    /// <summary>The last record read or written; null while there is none.</summary>
    public CommitRecord? Last { get; private set; }

    private long End => HeaderSize + (_records * CommitRecord.Size);

    /// <summary>Makes an empty log where there is none; it appears in the folder whole or not at all.</summary>
    public static void CreateMissing(string folder, int dimension, int segmentRows)
    {
        string path = Path.Combine(folder, FileName);
        if (File.Exists(path))
        {
            return;
        }

        Span<byte> header = stackalloc byte[HeaderSize];
        BinaryPrimitives.WriteUInt64LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], FormatVersion);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], dimension);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], segmentRows);
        BinaryPrimitives.WriteUInt32LittleEndian(header[HeaderChecksumAt..], Checksum.Of(header[..HeaderChecksumAt]));
        using (SafeFileHandle file = File.OpenHandle(path + ".new", FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, header, 0);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(path + ".new", path);
    }

    /// <summary>Opens a log and reads it to its end.</summary>
    /// <exception cref="CollectionException">It is foreign, newer, damaged, or of another dimension.</exception>
    public static CommitLog Open(string folder, int dimension, VectorStoreAccess access)
    {
        FileAccess fileAccess = access == VectorStoreAccess.Write ? FileAccess.ReadWrite : FileAccess.Read;
        var log = new CommitLog(File.OpenHandle(Path.Combine(folder, FileName), FileMode.Open, fileAccess, FileShare.ReadWrite | FileShare.Delete), folder);
        try
        {
            log.ReadHeader(dimension);
            log.ReadOn();
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Reads what was written since the last reading.</summary>
    /// <exception cref="CollectionException">A record that is not the last one contradicts its checksum.</exception>
    public void ReadOn()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(RecordsPerRead * CommitRecord.Size);
        try
        {
            while (true)
            {
                int whole = RandomAccess.Read(_file, buffer.AsSpan(0, RecordsPerRead * CommitRecord.Size), End) / CommitRecord.Size;
                if (whole == 0 || !Take(buffer.AsSpan(0, whole * CommitRecord.Size)))
                {
                    return;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The whole records, from the first.</summary>
    public IReadOnlyList<CommitRecord> ReadAll()
    {
        var records = new List<CommitRecord>();
        Span<byte> record = stackalloc byte[CommitRecord.Size];
        for (long sequence = 0; RandomAccess.Read(_file, record, HeaderSize + (sequence * CommitRecord.Size)) == CommitRecord.Size; sequence++)
        {
            if (CommitRecord.Read(record, sequence) is not { } whole)
            {
                break;
            }

            records.Add(whole);
        }

        return records;
    }

    /// <summary>Adds a record; when the call returns, it and the rows are on the disk.</summary>
    /// <param name="record">What was appended.</param>
    /// <param name="flushRows">Returns when the rows are on the disk.</param>
    public void Append(CommitRecord record, Action flushRows)
    {
        int rows = record.RowsAfter(Rows) ?? throw new ArgumentException($"{record} does not follow {Rows} rows.", nameof(record));
        record.Write(_record, _records);
        try
        {
            RandomAccess.Write(_file, _record, End);
            flushRows();
            RandomAccess.FlushToDisk(_file);
        }
        catch (IOException)
        {
            // Whether the record reached the disk is unknown; without it, both answers leave a log that reads the same.
            RandomAccess.SetLength(_file, End);
            throw;
        }

        _records++;
        (Rows, Last) = (rows, record);
    }

    /// <summary>Forgets the last record, whose rows a crash kept from the disk; the next record takes its place.</summary>
    public void StepBack()
    {
        CommitRecord torn = Last ?? throw new InvalidOperationException("There is no last record to forget.");
        _records--;
        (Rows, Last) = (torn.FirstRow, null);
    }

    public void Dispose() => _file.Dispose();

    private bool Take(ReadOnlySpan<byte> records)
    {
        for (int at = 0; at < records.Length; at += CommitRecord.Size)
        {
            if (CommitRecord.Read(records[at..], _records) is not { } record || record.RowsAfter(Rows) is not { } rows)
            {
                ThrowIfWholeRecordFollows();
                return false;
            }

            _records++;
            (Rows, Last) = (rows, record);
        }

        return true;
    }

    private void ThrowIfWholeRecordFollows()
    {
        Span<byte> next = stackalloc byte[CommitRecord.Size];
        long sequence = _records + 1;
        for (long at = End + CommitRecord.Size; RandomAccess.Read(_file, next, at) == CommitRecord.Size; at += CommitRecord.Size, sequence++)
        {
            if (CommitRecord.Read(next, sequence) is not null && !IsWholeNow())
            {
                throw Damaged($"record {_records} contradicts its checksum, yet whole records follow it");
            }
        }
    }

    // A writer may have completed the record, and added others, since it was read.
    private bool IsWholeNow()
    {
        Span<byte> record = stackalloc byte[CommitRecord.Size];
        return RandomAccess.Read(_file, record, End) == CommitRecord.Size
            && CommitRecord.Read(record, _records)?.RowsAfter(Rows) is not null;
    }

    private void ReadHeader(int dimension)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        int length = RandomAccess.Read(_file, header, 0);
        if (length < sizeof(ulong) || BinaryPrimitives.ReadUInt64LittleEndian(header) != Magic)
        {
            throw new CollectionException(
                CollectionFault.ForeignFormat,
                $"'{Path.Combine(_folder, FileName)}' was not written by this program. Name another folder, or move the file away.");
        }

        int version = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        if (version > FormatVersion)
        {
            throw new CollectionException(
                CollectionFault.NewerFormat,
                $"The vectors in '{_folder}' have format {version}; this program knows up to {FormatVersion}. Update the program.");
        }

        if (length < HeaderSize
            || BinaryPrimitives.ReadUInt32LittleEndian(header[HeaderChecksumAt..]) != Checksum.Of(header[..HeaderChecksumAt]))
        {
            throw Damaged("its header contradicts its checksum");
        }

        SegmentRows = BinaryPrimitives.ReadInt32LittleEndian(header[16..]);
        int stored = BinaryPrimitives.ReadInt32LittleEndian(header[12..]);
        if (stored != dimension)
        {
            throw new CollectionException(
                CollectionFault.FingerprintMismatch,
                $"The vectors in '{_folder}' have {stored} dimensions, not {dimension}. Use the model that made them, or another collection.");
        }
    }

    private CollectionException Damaged(string what) => new(
        CollectionFault.Damaged,
        $"'{Path.Combine(_folder, FileName)}' is damaged: {what}. Restore the collection from a copy, or delete it and index again.");
}
