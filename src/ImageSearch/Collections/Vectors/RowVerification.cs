using System.Runtime.InteropServices;

namespace ImageSearch.Collections.Vectors;

/// <summary>Compares rows with the checksums of their appends.</summary>
internal static class RowVerification
{
    /// <summary>Checks every append whose rows are all still there.</summary>
    /// <exception cref="CollectionException">Rows contradict their checksum.</exception>
    public static void Verify(IReadOnlyList<CommitRecord> records, VectorRows rows, string folder, CancellationToken cancellationToken)
    {
        int kept = rows.Count;
        foreach (CommitRecord record in records.Reverse())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (record.Kind == CommitKind.Truncate)
            {
                kept = Math.Min(kept, record.FirstRow);
            }
            else if (record.FirstRow + record.RowCount <= kept)
            {
                Verify(record, rows, folder);
            }
        }
    }

    /// <summary>Checks one append.</summary>
    /// <exception cref="CollectionException">Its rows contradict its checksum.</exception>
    public static void Verify(CommitRecord record, VectorRows rows, string folder)
    {
        uint checksum = 0;
        for (int row = record.FirstRow; row < record.FirstRow + record.RowCount;)
        {
            ReadOnlySpan<float> run = rows.Run(row, record.FirstRow + record.RowCount - row);
            checksum = Checksum.Join(checksum, Checksum.Of(MemoryMarshal.AsBytes(run)));
            row += run.Length / rows.Dimension;
        }

        if (checksum != record.RowsChecksum)
        {
            throw new CollectionException(
                CollectionFault.Damaged,
                $"The vectors in '{folder}' are damaged: rows {record.FirstRow} to {record.FirstRow + record.RowCount - 1} contradict their checksum. Restore the collection from a copy, or delete it and index again.");
        }
    }
}
