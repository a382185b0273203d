using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ImageSearch.Embedding;
using ImageSearch.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ImageSearch.Tests.Embedding;

public sealed class EmbeddingCacheTests : IDisposable
{
    private static readonly EmbeddingKey Key = EmbeddingKey.Of("model-a", 3, "picture"u8);

    private readonly TempFolder _folder = new();

    private string CachePath => Path.Combine(_folder.Path, "deeper", "embeddings.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_stored_vector_is_found_by_the_next_opening()
    {
        using (var cache = EmbeddingCache.Open(CachePath))
        {
            Store(cache, Key, [1, -2.5f, float.Epsilon]);
        }

        using var reopened = EmbeddingCache.Open(CachePath);

        Assert.Equal([1, -2.5f, float.Epsilon], reopened.Find(Key)!);
    }

    [Fact]
    public void Another_model_dimension_or_content_is_a_miss()
    {
        using var cache = EmbeddingCache.Open(CachePath);
        Store(cache, Key, [1, 2, 3]);

        Assert.Null(cache.Find(Key with { Model = "model-b" }));
        Assert.Null(cache.Find(Key with { Dimension = 4 }));
        Assert.Null(cache.Find(EmbeddingKey.Of("model-a", 3, "another picture"u8)));
        Assert.NotNull(cache.Find(Key));
    }

    [Fact]
    public void Storing_again_replaces_the_vector()
    {
        using var cache = EmbeddingCache.Open(CachePath);

        Store(cache, Key, [1, 2, 3]);
        Store(cache, Key, [4, 5, 6]);

        Assert.Equal([4, 5, 6], cache.Find(Key)!);
        Assert.Equal(1, cache.Statistics().Entries);
    }

    [Theory]
    [InlineData("UPDATE embeddings SET vector = x'0000803F0000004000004140'")]
    [InlineData("UPDATE embeddings SET vector = x'0000803F'")]
    [InlineData("UPDATE embeddings SET checksum = checksum + 1")]
    public void A_damaged_row_is_a_miss_until_it_is_stored_again(string damage)
    {
        using var cache = EmbeddingCache.Open(CachePath);
        Store(cache, Key, [1, 2, 3]);

        Execute(damage);

        Assert.Null(cache.Find(Key));
        Store(cache, Key, [1, 2, 3]);
        Assert.Equal([1, 2, 3], cache.Find(Key)!);
    }

    [Fact]
    public void A_vector_filed_under_another_key_is_a_miss()
    {
        using var cache = EmbeddingCache.Open(CachePath);
        Store(cache, Key, [1, 2, 3]);

        Execute("UPDATE embeddings SET model = 'model-b'");

        Assert.Null(cache.Find(Key with { Model = "model-b" }));
    }

    [Fact]
    public void A_vector_that_an_earlier_version_stored_is_found()
    {
        EmbeddingCache.Open(CachePath).Dispose();
        byte[] vector = [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40];
        var sha256 = Convert.ToHexStringLower(SHA256.HashData("picture"u8));
        byte[] signed = [.. Encoding.UTF8.GetBytes($"model-a\n3\n{sha256}\n"), .. vector];
        var checksum = BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(signed));
        Execute($"INSERT INTO embeddings VALUES ('model-a', 3, '{sha256}', x'{Convert.ToHexString(vector)}', {checksum})");

        using var cache = EmbeddingCache.Open(CachePath);

        Assert.Equal([1, 2, 3], cache.Find(Key)!);
        Assert.Null(cache.Find(Key with { Role = EmbeddingRole.Query }));
    }

    [Fact]
    public void Statistics_tell_entries_and_bytes()
    {
        using var cache = EmbeddingCache.Open(CachePath);
        var empty = cache.Statistics();

        for (var at = 0; at < 100; at++)
        {
            Store(cache, EmbeddingKey.Of("model-a", 1024, BitConverter.GetBytes(at)), new float[1024]);
        }

        Assert.Equal(0, empty.Entries);
        Assert.Equal(100, cache.Statistics().Entries);
        Assert.InRange(cache.Statistics().Bytes, 100 * 4096, 100 * 4096 * 2);
    }

    [Fact]
    public async Task Two_openings_of_the_same_file_write_at_the_same_time()
    {
        const int EachWrites = 50;
        using var left = EmbeddingCache.Open(CachePath);
        using var right = EmbeddingCache.Open(CachePath);

        await Task.WhenAll(
            Task.Run(() => WriteMany(left, 0)),
            Task.Run(() => WriteMany(right, EachWrites)));

        Assert.All(Enumerable.Range(0, 2 * EachWrites), at => Assert.Equal([at, 0, 0], left.Find(KeyOf(at))!));

        static EmbeddingKey KeyOf(int at) => EmbeddingKey.Of("model-a", 3, BitConverter.GetBytes(at));

        static void WriteMany(EmbeddingCache cache, int first)
        {
            for (var at = first; at < first + EachWrites; at++)
            {
                Store(cache, KeyOf(at), [at, 0, 0]);
            }
        }
    }

    [Fact]
    public async Task Many_open_a_new_file_at_the_same_time()
    {
        const int Openings = 8;
        using var together = new Barrier(Openings);
        var entries = await Task.WhenAll(Enumerable.Range(0, Openings).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                using var cache = EmbeddingCache.Open(CachePath);
                return cache.Statistics().Entries;
            },
            TaskCreationOptions.LongRunning)));

        Assert.All(entries, count => Assert.Equal(0, count));
    }

    [Fact]
    public void A_damaged_file_is_a_clear_error()
    {
        using (var cache = EmbeddingCache.Open(CachePath))
        {
            for (var at = 0; at < 50; at++)
            {
                Store(cache, EmbeddingKey.Of("model-a", 1024, BitConverter.GetBytes(at)), new float[1024]);
            }
        }

        using (var file = File.OpenWrite(CachePath))
        {
            file.Position = 4096;
            file.Write(Enumerable.Repeat((byte)0xAB, (int)file.Length - 4096).ToArray());
        }

        var refused = Assert.Throws<EmbeddingCacheException>(() =>
        {
            using var cache = EmbeddingCache.Open(CachePath);
            cache.Find(Key);
        });

        Assert.Contains("Delete it; vectors are then computed again.", refused.Message, StringComparison.Ordinal);
    }

    private static void Store(EmbeddingCache cache, EmbeddingKey key, float[] vector) =>
        cache.Store([KeyValuePair.Create(key, (ReadOnlyMemory<float>)vector)]);

    private object? Execute(string sql)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(CachePath)!);
        using var connection = new SqliteConnection($"Data Source={CachePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
