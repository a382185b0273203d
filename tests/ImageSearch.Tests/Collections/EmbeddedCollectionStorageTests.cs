using System.Text;
using System.Text.Json;
using ImageSearch.Collections;
using ImageSearch.Collections.Embedded;
using ImageSearch.Testing;
using ImageSearch.Testing.Children;
using ImageSearch.Testing.Conformance;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ImageSearch.Tests.Collections;

public sealed class EmbeddedCollectionStorageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Compacting_gives_space_back_and_the_figures_say_so()
    {
        await using var collection = await OpenAsync();
        ImagePoint[] points = [.. Enumerable.Range(0, 2_000).Select(i => CollectionSteps.PointAt($"{i}.jpg", i))];
        await collection.UpsertAsync(points, default);
        await collection.DeleteAsync([.. points.Skip(100).Select(point => point.Id)], default);
        var before = await collection.InfoAsync(default);

        await collection.CompactAsync(default);

        var after = await collection.InfoAsync(default);
        Assert.Equal((100L, 1_900L, 1), (before.Points, before.DeadRows, before.Generation));
        Assert.Equal((100L, 0L, 2), (after.Points, after.DeadRows, after.Generation));
        Assert.True(after.BytesOnDisk < before.BytesOnDisk, $"{before.BytesOnDisk} bytes before, {after.BytesOnDisk} after");
        Assert.Single(Directory.GetDirectories(_folder.Path));
        Assert.Equal(collection.InstanceId, after.InstanceId);
    }

    [Fact]
    public async Task A_collection_that_has_grown_is_searched_by_codes_with_the_same_hits()
    {
        await using var collection = await OpenAsync();
        ImagePoint[] points = [.. Enumerable.Range(0, 6_000).Select(i => CollectionSteps.PointAt($"{i}.jpg", i))];
        await collection.UpsertAsync(points, default);
        await collection.DeleteAsync([.. points.Take(1_000).Select(point => point.Id)], default);

        await collection.CompactAsync(default);

        Assert.True((await collection.InfoAsync(default)).CodeBytes > 0);
        foreach (var point in points.Skip(1_000).Take(20))
        {
            var hits = await collection.SearchAsync(new CollectionQuery { Vector = point.Vector, Limit = 3 }, default);
            Assert.Equal(point.Id, hits.ByMeaning[0].Point.Id);
            Assert.Equal(1, hits.ByMeaning[0].Score, 1e-4f);
        }
    }

    [Fact]
    public async Task Compacting_what_has_nothing_dead_keeps_its_vectors()
    {
        await using var collection = await OpenAsync();
        await collection.UpsertAsync([CollectionSteps.PointAt("a.jpg", 1)], default);

        await collection.CompactAsync(default);

        Assert.Equal(1, (await collection.InfoAsync(default)).Generation);
    }

    [Fact]
    public async Task A_cancelled_compaction_leaves_the_collection_as_it_was()
    {
        await using var collection = await OpenAsync();
        for (var step = 0; step < 5; step++)
        {
            await CollectionSteps.TakeAsync(collection, step);
        }

        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => collection.CompactAsync(cancelled.Token));

        Assert.Equal(CollectionSteps.After(5).Count, await collection.CountAsync(ImageFilter.All, default));
        Assert.Equal(1, (await collection.InfoAsync(default)).Generation);
    }

    [Fact]
    public async Task A_write_that_runs_out_of_space_leaves_nothing_and_can_be_repeated()
    {
        await (await OpenAsync()).DisposeAsync();
        var files = new CollectionFiles(_folder.Path);
        ImagePoint[] points = [.. Enumerable.Range(0, 500).Select(i => CollectionSteps.PointAt($"{i}.jpg", i))];
        var connection = CollectionDatabase.OpenForWriting(files);
        using (var writer = new CollectionWriter(connection))
        using (var generation = CollectionWriter.Open(1, CollectionSteps.Fingerprint.Dimension, files))
        {
            CollectionDatabase.Execute(connection, "PRAGMA max_page_count = 40");

            var full = Assert.Throws<SqliteException>(() => writer.Upsert(points, generation.Store));

            Assert.Equal(CollectionFault.Full, EmbeddedFault.From(full, _folder.Path)?.Fault);
            CollectionDatabase.Execute(connection, "PRAGMA max_page_count = 1000000");
            writer.Upsert(points, generation.Store);
        }

        await using var collection = await OpenAsync();
        var info = await collection.InfoAsync(default);
        Assert.Equal((500L, 500L), (info.Points, info.DeadRows));
        var hits = await collection.SearchAsync(new CollectionQuery { Vector = points[7].Vector, Limit = 1000 }, default);
        Assert.Equal(500, hits.ByMeaning.Count);
        Assert.Equal(points[7].Id, hits.ByMeaning[0].Point.Id);
    }

    [Fact]
    public void A_full_disk_and_a_foreign_file_are_told_apart()
    {
        Assert.Equal(CollectionFault.Full, EmbeddedFault.From(new IOException("No space left on device", 28), "x")?.Fault);
        Assert.Equal(CollectionFault.Unreachable, EmbeddedFault.From(new UnauthorizedAccessException(), "x")?.Fault);
        Assert.Equal(CollectionFault.Busy, EmbeddedFault.From(new SqliteException("", 5), "x")?.Fault);
        Assert.Equal(CollectionFault.Damaged, EmbeddedFault.From(new SqliteException("", 11), "x")?.Fault);
        Assert.Null(EmbeddedFault.From(new InvalidOperationException(), "x"));
    }

    [Fact]
    public void Payloads_are_stored_in_a_form_that_later_versions_can_read()
    {
        var payload = SamplePictures.At("a/ü.jpg", [], payload => payload with
        {
            TakenAt = new DateTime(2024, 2, 3, 4, 5, 6),
            TakenAtOffset = TimeSpan.FromHours(-3.5),
            Colours = [new("red", 0.5f)],
            Tags = ["t"],
            PerceptualHash = ulong.MaxValue,
        }).Payload with
        { Sha256 = "00" };
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            PayloadJson.Write(writer, payload);
        }

        var stored = Encoding.UTF8.GetString(stream.ToArray());
        Assert.Equal(
            """
            {"library":"photos","path":"a/\u00FC.jpg","sha256":"00","bytes":1234,"modified":"2024-05-06T07:08:09+02:00","width":640,"height":480,"format":"jpeg","takenAt":"2024-02-03T04:05:06","takenAtOffset":"-03:30:00","tags":["t"],"colours":["red",0.5],"perceptualHash":18446744073709551615,"words":"","model":"test","indexedAt":"2025-01-01T00:00:00+00:00"}
            """,
            stored);
        Assert.Equivalent(payload, PayloadJson.Read(Encoding.UTF8.GetBytes(stored)), strict: true);
        Assert.Equivalent(payload, PayloadJson.Read(Encoding.UTF8.GetBytes(stored.Replace("{\"library\"", "{\"later\":{\"a\":[1]},\"library\"", StringComparison.Ordinal))), strict: true);
    }

    private Task<EmbeddedCollection> OpenAsync() =>
        EmbeddedCollection.OpenAsync(_folder.Path, CollectionSteps.Fingerprint, CollectionAccess.Write, TimeProvider.System, CancellationToken.None);
}
