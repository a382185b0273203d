using System.Text.Json;
using ImageSearch.Collections;
using ImageSearch.Qdrant;
using ImageSearch.Testing.Conformance;
using ImageSearch.Testing.Qdrant;
using Xunit;

namespace ImageSearch.Tests.Collections;

/// <summary>Servers of several versions and kinds, and collections as a whole.</summary>
public sealed class QdrantCollectionServerTests
{
    private static readonly CollectionFingerprint Fingerprint = new("test", 32, "1");

    [Fact]
    public async Task An_old_server_is_refused_with_both_versions()
    {
        await using var place = await QdrantPlace.OnFakeAsync(new FakeQdrantOptions { Version = "1.15.5" });

        var fault = await Assert.ThrowsAsync<CollectionException>(() => place.OpenAsync(Fingerprint));

        Assert.Equal(CollectionFault.Unreachable, fault.Fault);
        Assert.Contains("is version 1.15.5; ImageSearch needs 1.16", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData(null)]
    public async Task A_wrong_key_or_none_is_refused_with_the_cure_and_not_shown(string? key)
    {
        await using var place = await QdrantPlace.OnFakeAsync(new FakeQdrantOptions { ApiKey = "right" });

        var fault = await Assert.ThrowsAsync<CollectionException>(() =>
            QdrantCollection.OpenAsync(place.Address, place.Options with { ApiKey = key }, Fingerprint, CollectionAccess.Write, TimeProvider.System, default));

        Assert.Equal(CollectionFault.Unreachable, fault.Fault);
        Assert.Contains("Set QDRANT_API_KEY", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_may_only_read_searches_and_does_not_write()
    {
        await using var place = await QdrantPlace.OnFakeAsync(new FakeQdrantOptions { ApiKey = "all", ReadOnlyApiKey = "read" });
        var point = SamplePictures.Varied(1, 32, new Random(1))[0];
        await using (var writer = await place.OpenAsync(Fingerprint))
        {
            await writer.UpsertAsync([point], default);
        }

        await using var reader = await place.OpenAsync(Fingerprint, CollectionAccess.Read, "read");
        var hits = await reader.SearchAsync(new CollectionQuery { Vector = point.Vector, Limit = 1 }, default);
        await using var writing = await place.OpenAsync(Fingerprint, CollectionAccess.Write, "read");
        var fault = await Assert.ThrowsAsync<CollectionException>(() => writing.UpsertAsync([point], default));

        Assert.Equal(point.Id, Assert.Single(hits.ByMeaning).Point.Id);
        Assert.Contains("may also write", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.16.3", CollectionProfile.Node, "scalar 8 bits", "on_disk")]
    [InlineData("1.18.3", CollectionProfile.Node, "turbo 4 bits", "on_disk")]
    [InlineData("1.19.0", CollectionProfile.Node, "turbo 4 bits", "memory")]
    [InlineData("1.19.0", CollectionProfile.Cluster, "turbo 4 bits", "memory")]
    [InlineData("1.16.3", CollectionProfile.Laptop, "none", null)]
    public async Task A_profile_asks_each_server_for_what_it_knows(string version, CollectionProfile profile, string quantisation, string? placement)
    {
        await using var place = await QdrantPlace.OnFakeAsync(new FakeQdrantOptions { Version = version });
        using var server = new QdrantServer(place.Address, null, TimeProvider.System);

        await server.CreateAsync(Fingerprint, profile, default);

        await using var collection = await place.OpenAsync(Fingerprint);
        var info = await collection.InfoAsync(default);
        Assert.Equal((quantisation, Fingerprint, version), (info.Quantisation, info.Fingerprint, info.ServerVersion));
        Assert.Equal(profile switch { CollectionProfile.Laptop => (1, 1), CollectionProfile.Node => (2, 1), _ => (12, 2) }, (info.Shards, info.Replicas));
        var asked = JsonDocument.Parse(place.Fake.Calls.Single(call => call.Operation == "create_collection").Body).RootElement;
        var picture = asked.GetProperty("vectors").GetProperty("picture");
        Assert.Equal(placement is null ? [] : [placement], picture.EnumerateObject().Select(member => member.Name).Intersect(["memory", "on_disk"]));
    }

    [Fact]
    public async Task The_estimate_of_memory_follows_the_formula()
    {
        await using var place = await QdrantPlace.OnFakeAsync();
        await using var collection = await place.OpenAsync(Fingerprint);
        await collection.UpsertAsync(SamplePictures.Varied(10, 32, new Random(1)), default);

        var info = await collection.InfoAsync(default);

        Assert.Equal(10 * ((32 * 4) + (16 * 2 * 4) + 40), info.EstimatedMemory);
        Assert.Equal(10, info.Points);
    }

    [Fact]
    public async Task Quantised_vectors_are_rescored_by_the_originals()
    {
        await using var place = await QdrantPlace.OnFakeAsync();
        using var server = new QdrantServer(place.Address, null, TimeProvider.System);
        await server.CreateAsync(Fingerprint, CollectionProfile.Node, default);
        await using var collection = await place.OpenAsync(Fingerprint);

        _ = await collection.SearchAsync(new CollectionQuery { Vector = SamplePictures.Vector(32, new Random(1)), Limit = 5 }, default);

        var search = JsonDocument.Parse(place.Fake.Calls.Single(call => call.Operation == "query_batch_points").Body).RootElement.GetProperty("searches")[0];
        Assert.Equal("""{"rescore":true,"oversampling":2}""", search.GetProperty("params").GetProperty("quantization").GetRawText());
    }

    [Fact]
    public async Task A_snapshot_brings_back_what_was_dropped()
    {
        await using var place = await QdrantPlace.OnFakeAsync();
        var points = SamplePictures.Varied(20, 32, new Random(1));
        using var server = new QdrantServer(place.Address, null, TimeProvider.System);
        Guid instance;
        await using (var collection = await place.OpenAsync(Fingerprint))
        {
            instance = collection.InstanceId;
            await collection.UpsertAsync(points, default);
        }

        using var file = new MemoryStream();
        await server.SnapshotAsync(file, default);
        await server.DropAsync(default);
        Assert.Empty(await server.ListAsync(default));
        file.Position = 0;
        await server.RestoreAsync(file, default);

        Assert.Equal([place.Address], await server.ListAsync(default));
        await using var restored = await place.OpenAsync(Fingerprint, CollectionAccess.Read);
        Assert.Equal((instance, 20L), (restored.InstanceId, await restored.CountAsync(ImageFilter.All, default)));
        using var client = new QdrantClient(place.Options, TimeProvider.System);
        Assert.Empty(await client.ListSnapshotsAsync(place.Address.Collection, default));
    }

    [Fact]
    public async Task A_collection_that_is_there_is_not_made_again()
    {
        await using var place = await QdrantPlace.OnFakeAsync();
        using var server = new QdrantServer(place.Address, null, TimeProvider.System);
        await server.CreateAsync(Fingerprint, CollectionProfile.Laptop, default);

        var fault = await Assert.ThrowsAsync<CollectionException>(() => server.CreateAsync(Fingerprint, CollectionProfile.Laptop, default));

        Assert.Contains("already", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_not_made_by_reading()
    {
        await using var place = await QdrantPlace.OnFakeAsync();

        var fault = await Assert.ThrowsAsync<CollectionException>(() => place.OpenAsync(Fingerprint, CollectionAccess.Read));

        Assert.Equal(CollectionFault.NotFound, fault.Fault);
        Assert.DoesNotContain(place.Fake.Calls, call => call.Operation == "create_collection");
    }

    [Theory]
    [InlineData("qdrant://localhost:6333/photos", "http://localhost:6333/", "photos", "qdrant://localhost:6333/photos")]
    [InlineData("qdrants://db.example.org/my%20photos", "https://db.example.org:6333/", "my photos", "qdrants://db.example.org:6333/my%20photos")]
    [InlineData("qdrant://[::1]:80/a", "http://[::1]/", "a", "qdrant://[::1]:80/a")]
    public void An_address_names_server_and_collection(string text, string server, string collection, string written)
    {
        Assert.True(QdrantAddress.TryParse(text, out var address));
        Assert.Equal((new Uri(server), collection, written), (address.Server, address.Collection, address.ToString()));
    }

    [Theory]
    [InlineData("photos")]
    [InlineData("http://localhost:6333/photos")]
    [InlineData("qdrant://localhost:6333/")]
    [InlineData("qdrant://localhost:6333/a/b")]
    [InlineData("qdrant://localhost:6333/a%3Fb")]
    [InlineData("qdrant://key@localhost:6333/a")]
    [InlineData("qdrant:///a")]
    [InlineData("qdrant://localhost:6333/a?b=c")]
    public void What_is_no_address_is_told(string text) => Assert.False(QdrantAddress.TryParse(text, out _));

    [Fact]
    public void A_long_address_has_a_file_name_that_fits()
    {
        Assert.True(QdrantAddress.TryParse($"qdrant://localhost:6333/{new string('ä', 250)}", out var one));
        Assert.True(QdrantAddress.TryParse($"qdrant://localhost:6333/{new string('ä', 249)}", out var other));

        Assert.True(one.FileName.Length <= 200);
        Assert.NotEqual(one.FileName, other.FileName);
        Assert.DoesNotContain('/', one.FileName);
    }
}
