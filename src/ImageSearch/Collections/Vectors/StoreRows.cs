using System.Runtime.InteropServices;

namespace ImageSearch.Collections.Vectors;

/// <summary>The rows of a store: the files that hold them, and which of them count. One thread at a time may change them.</summary>
internal sealed class StoreRows : IDisposable
{
    // A small append and its record are written before either is on the disk, which saves a wait: should the record get there and
    // the rows not, their checksum tells. For a large append that check would cost every opening more than the wait costs it.
    private const int MostBytesBesideRecord = 1 << 20;

    private readonly string _folder;
    private readonly CommitLog _log;
    private readonly VectorFiles _files;
    private readonly int _rowBytes;
    private VectorRows _current;

    /// <summary>Opens the rows in a folder that holds a log.</summary>
    /// <exception cref="CollectionException">They are foreign, newer, damaged, or of another dimension.</exception>
    public StoreRows(string folder, int dimension, VectorStoreAccess access)
    {
        _folder = folder;
        _rowBytes = dimension * sizeof(float);
        _log = CommitLog.Open(folder, dimension, access);
        _files = new VectorFiles(folder, dimension, _log.SegmentRows, access);
        try
        {
            _current = Committed();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The rows as they are now.</summary>
    public VectorRows Current
    {
        get => Volatile.Read(ref _current);
        private set => Volatile.Write(ref _current, value);
    }

    /// <summary>Appends rows; they count and are on the disk when the call returns.</summary>
    /// <returns>The number of the first one.</returns>
    public int Append(ReadOnlySpan<float> rows)
    {
        int firstRow = Current.Count;
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(rows);
        if (bytes.IsEmpty)
        {
            return firstRow;
        }

        int count = bytes.Length / _rowBytes;
        uint checksum = _files.Write(firstRow, bytes);
        VectorRows appended = _files.View(checked(firstRow + count));
        if (bytes.Length > MostBytesBesideRecord)
        {
            _files.Flush();
        }

        _log.Append(new CommitRecord(firstRow, count, checksum), _files.Flush);
        Current = appended;
        return firstRow;
    }

    /// <summary>Sees what the writing process has committed since; true when the number of rows changed.</summary>
    public bool Refresh()
    {
        int before = Current.Count;
        _log.ReadOn();
        if (_log.Rows != before)
        {
            Current = Committed();
        }

        return Current.Count != before;
    }

    /// <summary>Compares every row with the checksum of its append.</summary>
    /// <exception cref="CollectionException">Rows contradict their checksum.</exception>
    public void Verify(CancellationToken cancellationToken)
    {
        VectorRows rows = Current;
        foreach (CommitRecord record in _log.ReadAll())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (record.FirstRow + record.RowCount <= rows.Count && !IsWhole(record, rows))
            {
                throw new CollectionException(
                    CollectionFault.Damaged,
                    $"The vectors in '{_folder}' are damaged: rows {record.FirstRow} to {record.FirstRow + record.RowCount - 1} contradict their checksum. Restore the collection from a copy, or delete it and index again.");
            }
        }
    }

    public void Dispose()
    {
        _files.Dispose();
        _log.Dispose();
    }

    // The rows that the log tells of, but for those of a last record that a crash let reach the disk before them.
    private VectorRows Committed()
    {
        VectorRows rows = _files.View(_log.Rows);
        if (_log.Last is { } last && (long)last.RowCount * _rowBytes <= MostBytesBesideRecord && !IsWhole(last, rows))
        {
            _log.StepBack();
            rows = _files.View(_log.Rows);
        }

        return rows;
    }

    private static bool IsWhole(CommitRecord record, VectorRows rows)
    {
        uint checksum = 0;
        for (int row = record.FirstRow; row < record.FirstRow + record.RowCount;)
        {
            ReadOnlySpan<float> run = rows.Run(row, record.FirstRow + record.RowCount - row);
            checksum = Checksum.Join(checksum, Checksum.Of(MemoryMarshal.AsBytes(run)));
            row += run.Length / rows.Dimension;
        }

        return checksum == record.RowsChecksum;
    }
}
