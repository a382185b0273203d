using ImageSearch.Collections;
using ImageSearch.Collections.Vectors;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Collections.Vectors;

public sealed class StoreCodesTests : IDisposable
{
    private const int Dimension = 64;

    private readonly TempFolder _folder = new();
    private readonly ClusteredVectors _vectors = new(Dimension, 5);

    private string Codes => Path.Combine(_folder.Path, "codes.bin");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_small_store_needs_no_codes()
    {
        using VectorStore store = Open(VectorStoreAccess.Write);
        Append(store, 4_999);

        Assert.False(store.NeedsOptimising);
        store.Optimise(CancellationToken.None);

        Assert.Equal(0, store.Status.CodedRows);
        Assert.False(File.Exists(Codes));
    }

    [Fact]
    public void Codes_are_due_at_five_thousand_rows_and_again_after_some_hundred_more()
    {
        using VectorStore store = Open(VectorStoreAccess.Write);
        Append(store, 5_000);
        Assert.True(store.NeedsOptimising);
        store.Optimise(CancellationToken.None);
        Assert.False(store.NeedsOptimising);

        Append(store, 500);
        Assert.False(store.NeedsOptimising);
        Append(store, 100);
        Assert.True(store.NeedsOptimising);
        store.Optimise(CancellationToken.None);

        Assert.Equal((5_600, 5_568), (store.Status.Rows, store.Status.CodedRows));
    }

    [Fact]
    public void Codes_cost_at_most_140_bytes_a_row()
    {
        var vectors = new ClusteredVectors(512, 5);
        using VectorStore store = VectorStore.Open(_folder.Path, 512, VectorStoreAccess.Write);
        var rows = new float[5_056 * 512];
        vectors.Pictures(0, rows);
        store.Append(rows);
        store.Optimise(CancellationToken.None);

        Assert.Equal(132, store.Status.CodeBytes / store.Status.CodedRows);
    }

    [Fact]
    public void A_reader_uses_the_codes_there_are_and_sees_newer_ones_after_refreshing()
    {
        using VectorStore writer = Open(VectorStoreAccess.Write);
        Append(writer, 5_000);
        using VectorStore early = Open(VectorStoreAccess.Read);
        writer.Optimise(CancellationToken.None);
        using VectorStore reader = Open(VectorStoreAccess.Read);
        Assert.Equal((0, 4_992), (early.Status.CodedRows, reader.Status.CodedRows));

        Append(writer, 1_100);
        writer.Optimise(CancellationToken.None);
        Assert.True(early.Refresh());
        Assert.True(reader.Refresh());

        Assert.Equal((6_080, 6_080), (early.Status.CodedRows, reader.Status.CodedRows));
        AssertFindsAll(early);
        AssertFindsAll(reader);
    }

    [Fact]
    public void Fourfold_growth_learns_anew_and_readers_follow()
    {
        using VectorStore writer = Open(VectorStoreAccess.Write);
        Append(writer, 5_000);
        writer.Optimise(CancellationToken.None);
        using VectorStore reader = Open(VectorStoreAccess.Read);
        byte[] before = Model();

        Append(writer, 14_900);
        writer.Optimise(CancellationToken.None);
        Assert.Equal(before, Model());
        Append(writer, 100);
        Assert.True(writer.NeedsOptimising);
        writer.Optimise(CancellationToken.None);
        Assert.NotEqual(before, Model());

        reader.Refresh();
        Assert.Equal(19_968, reader.Status.CodedRows);
        AssertFindsAll(reader);
    }

    [Fact]
    public void Rows_of_another_kind_make_the_codes_learn_anew()
    {
        // Wide enough that the subspace cannot hold both kinds.
        using VectorStore store = VectorStore.Open(_folder.Path, 384, VectorStoreAccess.Write);
        var rows = new float[5_056 * 384];
        new ClusteredVectors(384, 5).Pictures(0, rows);
        store.Append(rows);
        store.Optimise(CancellationToken.None);
        byte[] before = Model();

        store.Append(TestVectors.Random(3, 5_056, 384));
        store.Optimise(CancellationToken.None);
        Assert.Equal(before, Model());
        Assert.True(store.NeedsOptimising);
        store.Optimise(CancellationToken.None);

        Assert.NotEqual(before, Model());
        Assert.False(store.NeedsOptimising);
    }

    [Fact]
    public void Codes_that_are_missing_or_changed_are_made_again()
    {
        using (VectorStore store = Open(VectorStoreAccess.Write))
        {
            Append(store, 6_000);
            store.Optimise(CancellationToken.None);
        }

        byte[] whole = File.ReadAllBytes(Codes);
        Action[] damages =
        [
            () => File.Delete(Codes),
            () => File.WriteAllBytes(Codes, whole[..10]),
            () => File.WriteAllBytes(Codes, Changed(whole, 20)),
            () => File.WriteAllBytes(Codes, Changed(whole, 5_000)),
            () => File.WriteAllBytes(Codes, whole[..(whole.Length / 2)]),
            () => File.WriteAllText(Codes, "something else"),
        ];
        foreach (Action damage in damages)
        {
            damage();
            using (VectorStore reader = Open(VectorStoreAccess.Read))
            {
                Assert.Equal(0, reader.Status.CodedRows);
                AssertFindsAll(reader);
            }

            using VectorStore writer = Open(VectorStoreAccess.Write);
            writer.Optimise(CancellationToken.None);
            Assert.Equal(5_952, writer.Status.CodedRows);
            Assert.Equal(whole, File.ReadAllBytes(Codes));
        }
    }

    [Fact]
    public void Changed_blocks_are_found_out_before_more_are_added()
    {
        using (VectorStore store = Open(VectorStoreAccess.Write))
        {
            Append(store, 6_000);
            store.Optimise(CancellationToken.None);
        }

        byte[] before = Model();
        File.WriteAllBytes(Codes, Changed(File.ReadAllBytes(Codes), 4096 + 65_536 + 40_000));

        using VectorStore writer = Open(VectorStoreAccess.Write);
        Append(writer, 1_100);
        writer.Optimise(CancellationToken.None);

        Assert.NotEqual(before, Model());
        Assert.Equal(7_040, writer.Status.CodedRows);
    }

    [Fact]
    public void A_cancelled_optimisation_leaves_the_store_as_it_was()
    {
        using VectorStore store = Open(VectorStoreAccess.Write);
        Append(store, 6_000);

        Assert.ThrowsAny<OperationCanceledException>(() => store.Optimise(new CancellationToken(canceled: true)));

        Assert.Equal(0, store.Status.CodedRows);
        store.Optimise(CancellationToken.None);
        Assert.Equal(5_952, store.Status.CodedRows);
    }

    [Fact]
    public void Only_the_writer_optimises()
    {
        Open(VectorStoreAccess.Write).Dispose();
        using VectorStore reader = Open(VectorStoreAccess.Read);

        Assert.Throws<InvalidOperationException>(() => reader.Optimise(CancellationToken.None));
    }

    private static byte[] Changed(byte[] bytes, int at)
    {
        byte[] changed = [.. bytes];
        changed[at] ^= 1;
        return changed;
    }

    private byte[] Model() => File.ReadAllBytes(Codes)[4096..65_536];

    private VectorStore Open(VectorStoreAccess access) => VectorStore.Open(_folder.Path, Dimension, access);

    private void Append(VectorStore store, int count)
    {
        var rows = new float[count * Dimension];
        _vectors.Pictures(store.Count, rows);
        store.Append(rows);
    }

    private static void AssertFindsAll(VectorStore store)
    {
        var vector = new float[store.Dimension];
        var hits = new VectorHit[1];
        for (int row = 0; row < store.Count; row += 97)
        {
            store.CopyVector(row, vector);
            Assert.Equal(1, store.Search(vector, [], SearchPrecision.Quantised, hits));
            Assert.Equal(row, hits[0].Row);
        }
    }
}
