using ImageSearch.Collections;
using ImageSearch.Testing;
using ImageSearch.Testing.Children;
using Xunit;

namespace ImageSearch.Tests.Collections;

/// <summary>What searches keep in memory must not hide what has changed since.</summary>
public sealed class EmbeddedCollectionRepeatedSearchTests : IDisposable
{
    private const int Pictures = 2_000;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Words_asked_for_again_find_what_was_written_since_and_not_what_was_deleted()
    {
        await using var writer = await OpenAsync(CollectionAccess.Write);
        await writer.UpsertAsync([.. Enumerable.Range(0, Pictures).Select(Picture)], default);
        await using var reader = await OpenAsync(CollectionAccess.Read);
        _ = await IdsAsync(reader);
        var (gone, added) = (Picture(7).Id, Picture(Pictures + 7));

        await writer.DeleteAsync([gone], default);
        await writer.UpsertAsync([added], default);

        var ids = await IdsAsync(reader);
        Assert.DoesNotContain(gone, ids);
        Assert.Contains(added.Id, ids);
        Assert.Equal(Pictures / 10, ids.Count);
    }

    [Fact]
    public async Task A_picture_written_again_is_shown_as_it_is_now()
    {
        await using var writer = await OpenAsync(CollectionAccess.Write);
        await writer.UpsertAsync([.. Enumerable.Range(0, Pictures).Select(Picture)], default);
        await using var reader = await OpenAsync(CollectionAccess.Read);
        _ = await IdsAsync(reader);
        var changed = Picture(7) with { Payload = Picture(7).Payload with { Title = "Evening" } };

        await writer.UpsertAsync([changed], default);

        var hits = await SearchAsync(reader);
        Assert.Equal("Evening", hits.Single(hit => hit.Point.Id == changed.Id).Point.Payload.Title);
    }

    [Fact]
    public async Task Words_are_weighed_as_a_collection_opened_anew_weighs_them()
    {
        await using var writer = await OpenAsync(CollectionAccess.Write);
        await writer.UpsertAsync([.. Enumerable.Range(0, Pictures).Select(Picture)], default);
        await using var reader = await OpenAsync(CollectionAccess.Read);
        _ = await IdsAsync(reader);

        // More than the growth up to which a word keeps its weight.
        await writer.UpsertAsync([.. Enumerable.Range(Pictures, Pictures / 10).Select(Picture)], default);

        await using var fresh = await OpenAsync(CollectionAccess.Read);
        var expected = await SearchAsync(fresh);
        Assert.Equal(expected.Select(hit => (hit.Point.Id, hit.Score)), (await SearchAsync(reader)).Select(hit => (hit.Point.Id, hit.Score)));
    }

    private static ImagePoint Picture(int number)
    {
        var point = CollectionSteps.PointAt($"{number}.jpg", number);
        return point with { Payload = point.Payload with { Words = number % 10 == 7 ? "lighthouse at the coast" : "meadow with a tree" } };
    }

    private static async Task<List<Guid>> IdsAsync(EmbeddedCollection collection) => [.. (await SearchAsync(collection)).Select(hit => hit.Point.Id)];

    private static async Task<IReadOnlyList<ScoredPoint>> SearchAsync(EmbeddedCollection collection) =>
        (await collection.SearchAsync(new CollectionQuery { Words = ["lighthouse", "coast"], Limit = Pictures }, default)).ByWords;

    private Task<EmbeddedCollection> OpenAsync(CollectionAccess access) =>
        EmbeddedCollection.OpenAsync(_folder.Path, CollectionSteps.Fingerprint, access, TimeProvider.System, default);
}
