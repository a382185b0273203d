using System.Runtime.InteropServices;
using ImageSearch.Collections;
using ImageSearch.Collections.Vectors;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Collections.Vectors;

public sealed class CrashTests : IDisposable
{
    private const int Dimension = 4;
    private const int RecordBytes = 32;

    private readonly TempFolder _folder = new();
    private readonly float[] _rows = TestVectors.Random(1, 9, Dimension);

    private string Log => Path.Combine(_folder.Path, "commit.log");

    private string Segment => Path.Combine(_folder.Path, "vectors.000.f32");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_process_that_dies_at_any_byte_of_an_append_leaves_the_rows_before_it_and_a_store_that_goes_on()
    {
        Append(0, 3);
        Append(3, 6);
        byte[] log = File.ReadAllBytes(Log);
        byte[] segment = File.ReadAllBytes(Segment);
        Append(6, 9);
        byte[] laterLog = File.ReadAllBytes(Log);
        byte[] added = MemoryMarshal.AsBytes<float>(_rows.AsSpan(6 * Dimension)).ToArray();

        // Rows come first, then the record: these are all the states that a death in between can leave.
        for (int written = 0; written <= added.Length + RecordBytes; written++)
        {
            byte[] torn = [.. segment];
            added.AsSpan(0, Math.Min(written, added.Length)).CopyTo(torn.AsSpan(6 * Dimension * sizeof(float)));
            File.WriteAllBytes(Segment, torn);
            File.WriteAllBytes(Log, laterLog[..(log.Length + Math.Max(0, written - added.Length))]);

            using VectorStore reader = VectorStore.Open(_folder.Path, Dimension, VectorStoreAccess.Read);
            using VectorStore store = VectorStore.Open(_folder.Path, Dimension, VectorStoreAccess.Write);
            int expected = written == added.Length + RecordBytes ? 9 : 6;
            Assert.Equal((expected, expected), (store.Count, reader.Count));
            Assert.Equal(expected, store.Append(_rows.AsSpan(0, Dimension)));
            Assert.True(reader.Refresh());
            var copy = new float[(expected + 1) * Dimension];
            reader.CopyVectors(0, copy);
            Assert.Equal([.. _rows[..(expected * Dimension)], .. _rows[..Dimension]], copy);
        }
    }

    [Fact]
    public void A_log_cut_at_any_byte_keeps_the_appends_whose_records_are_whole()
    {
        Append(0, 3);
        Append(3, 6);
        Append(6, 9);
        byte[] log = File.ReadAllBytes(Log);
        int header = log.Length - (3 * RecordBytes);

        for (int length = header; length <= log.Length; length++)
        {
            File.WriteAllBytes(Log, log[..length]);

            using VectorStore store = VectorStore.Open(_folder.Path, Dimension, VectorStoreAccess.Write);
            Assert.Equal((length - header) / RecordBytes * 3, store.Count);
        }
    }

    [Fact]
    public void A_changed_byte_is_never_taken_for_what_was_written()
    {
        Append(0, 3);
        Append(3, 6);
        Append(6, 9);
        byte[] log = File.ReadAllBytes(Log);
        int lastRecord = log.Length - RecordBytes;

        for (int at = 0; at < log.Length; at++)
        {
            byte[] changed = [.. log];
            changed[at] ^= 0x10;
            File.WriteAllBytes(Log, changed);

            if (at >= lastRecord)
            {
                // A last record that is not whole cannot be told from one that a crash tore.
                using VectorStore store = VectorStore.Open(_folder.Path, Dimension, VectorStoreAccess.Read);
                Assert.Equal(6, store.Count);
            }
            else
            {
                CollectionException refused = Assert.Throws<CollectionException>(() => VectorStore.Open(_folder.Path, Dimension, VectorStoreAccess.Write));
                Assert.Equal(
                    at switch
                    {
                        < 8 => CollectionFault.ForeignFormat,
                        < 12 => CollectionFault.NewerFormat,
                        _ => CollectionFault.Damaged,
                    },
                    refused.Fault);
            }
        }
    }

    [Fact]
    public void Changed_rows_are_told_by_verifying()
    {
        Append(0, 3);
        Append(3, 6);
        Append(6, 9);
        byte[] segment = File.ReadAllBytes(Segment);
        using (VectorStore store = VectorStore.Open(_folder.Path, Dimension, VectorStoreAccess.Read))
        {
            store.Verify(CancellationToken.None);
        }

        for (int at = 0; at < 6 * Dimension * sizeof(float); at++)
        {
            byte[] changed = [.. segment];
            changed[at] ^= 1;
            File.WriteAllBytes(Segment, changed);

            using VectorStore store = VectorStore.Open(_folder.Path, Dimension, VectorStoreAccess.Read);
            Assert.Equal(CollectionFault.Damaged, Assert.Throws<CollectionException>(() => store.Verify(CancellationToken.None)).Fault);
        }
    }

    [Fact]
    public void A_record_that_reached_the_disk_before_its_rows_does_not_count()
    {
        Append(0, 3);
        Append(3, 6);
        Append(6, 9);
        byte[] segment = File.ReadAllBytes(Segment);
        byte[] log = File.ReadAllBytes(Log);

        for (int at = 6 * Dimension * sizeof(float); at < 9 * Dimension * sizeof(float); at++)
        {
            byte[] torn = [.. segment];
            torn.AsSpan(at, (9 * Dimension * sizeof(float)) - at).Clear();
            File.WriteAllBytes(Segment, torn);
            File.WriteAllBytes(Log, log);

            using VectorStore reader = VectorStore.Open(_folder.Path, Dimension, VectorStoreAccess.Read);
            using VectorStore writer = VectorStore.Open(_folder.Path, Dimension, VectorStoreAccess.Write);
            Assert.Equal((6, 6), (reader.Count, writer.Count));
            Assert.False(reader.Refresh());
            Assert.Equal(6, writer.Append(_rows.AsSpan(0, Dimension)));
            Assert.True(reader.Refresh());
            Assert.Equal(7, reader.Count);
            writer.Verify(CancellationToken.None);
        }
    }

    [Fact]
    public void A_file_of_rows_that_is_missing_or_short_is_damage()
    {
        Append(0, 9);
        byte[] segment = File.ReadAllBytes(Segment);

        File.WriteAllBytes(Segment, segment[..((9 * Dimension * sizeof(float)) - 1)]);
        AssertDamaged();
        File.Delete(Segment);
        AssertDamaged();
    }

    [Fact]
    public void Another_programs_file_is_foreign_and_left_alone()
    {
        byte[] other = [.. "Nov 22 03:40:01 host kernel: not a log of ours"u8];
        File.WriteAllBytes(Log, other);

        CollectionException refused = Assert.Throws<CollectionException>(() => VectorStore.Open(_folder.Path, Dimension, VectorStoreAccess.Write));

        Assert.Equal(CollectionFault.ForeignFormat, refused.Fault);
        Assert.Equal(other, File.ReadAllBytes(Log));
    }

    private void AssertDamaged()
    {
        CollectionException refused = Assert.Throws<CollectionException>(() => VectorStore.Open(_folder.Path, Dimension, VectorStoreAccess.Read));
        Assert.Equal(CollectionFault.Damaged, refused.Fault);
    }

    private void Append(int from, int until)
    {
        using VectorStore store = VectorStore.Open(_folder.Path, Dimension, VectorStoreAccess.Write);
        store.Append(_rows.AsSpan(from * Dimension, (until - from) * Dimension));
    }
}
