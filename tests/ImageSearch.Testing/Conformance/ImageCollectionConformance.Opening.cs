using ImageSearch.Collections;
using Xunit;

namespace ImageSearch.Testing.Conformance;

public abstract partial class ImageCollectionConformance<TCollection>
{
    [Fact]
    public async Task What_was_written_is_there_after_opening_again()
    {
        var points = SamplePictures.Varied(100, Dimension, new Random(31));
        Guid instance;
        await using (var collection = await OpenAsync(Fingerprint))
        {
            instance = collection.InstanceId;
            await collection.UpsertAsync(points, default);
            await collection.DeleteAsync([points[0].Id], default);
            await collection.UpsertAsync([points[1]], default);
        }

        await using var reopened = await OpenAsync(Fingerprint);

        Assert.Equal(Fingerprint, reopened.Fingerprint);
        Assert.Equal(instance, reopened.InstanceId);
        Assert.Equal(points.Skip(1).Select(point => point.Id).Order(), (await ListAsync(reopened, ImageFilter.All)).Select(point => point.Id));
        var hits = await reopened.SearchAsync(new CollectionQuery { Vector = points[1].Vector, Limit = 1 }, default);
        Assert.Equal(points[1].Id, Assert.Single(hits.ByMeaning).Point.Id);
    }

    [Theory]
    [InlineData("other", Dimension, "1")]
    [InlineData("test", Dimension * 2, "1")]
    [InlineData("test", Dimension, "2")]
    public async Task A_collection_of_other_vectors_is_refused_and_says_both(string model, int dimension, string preparation)
    {
        await (await OpenAsync(Fingerprint)).DisposeAsync();
        var other = new CollectionFingerprint(model, dimension, preparation);

        var fault = await Assert.ThrowsAsync<CollectionException>(() => OpenAsync(other));

        Assert.Equal(CollectionFault.FingerprintMismatch, fault.Fault);
        Assert.Contains(Fingerprint.ToString(), fault.Message, StringComparison.Ordinal);
        Assert.Contains(other.ToString(), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_that_was_dropped_and_made_again_is_another_one()
    {
        Guid first;
        await using (var collection = await OpenAsync(Fingerprint))
        {
            first = collection.InstanceId;
        }

        await DropAsync();
        await using var again = await OpenAsync(Fingerprint);

        Assert.NotEqual(first, again.InstanceId);
    }

    [Fact]
    public async Task Compacting_changes_no_answer()
    {
        await using var collection = await OpenAsync(Fingerprint);
        var points = SamplePictures.Varied(300, Dimension, new Random(32));
        await collection.UpsertAsync(points, default);
        await collection.UpsertAsync([.. points.Skip(50).Take(100)], default);
        await collection.DeleteAsync([.. points.Take(40).Select(point => point.Id)], default);
        var query = new CollectionQuery
        {
            Vector = points[60].Vector,
            Words = ["dog", "flowers"],
            Filter = new ImageFilter([new ImageCondition.Not(new ImageCondition.InLibrary("phone"))]),
            Limit = 20,
            Precision = SearchPrecision.Exact,
        };
        var before = await AnswersAsync(collection, query);

        await collection.CompactAsync(default);

        Assert.Equal(before, await AnswersAsync(collection, query));
        await collection.UpsertAsync([points[0]], default);
        Assert.Equal(261, await collection.CountAsync(ImageFilter.All, default));
        var hits = await collection.SearchAsync(new CollectionQuery { Vector = points[0].Vector, Limit = 1 }, default);
        Assert.Equal(points[0].Id, Assert.Single(hits.ByMeaning).Point.Id);
    }

    // Relevance by words may drift a little when what was deleted leaves the statistics, so only the hits are compared.
    private static async Task<string> AnswersAsync(IImageCollection collection, CollectionQuery query)
    {
        var hits = await collection.SearchAsync(query, default);
        var facets = await collection.FacetAsync(ImageFacet.Tag, query.Filter, 100, default);
        return string.Join('\n', hits.ByMeaning.Select(hit => $"{hit.Point.Payload.Path} {hit.Score:F4}"))
            + string.Join('\n', hits.ByWords.Count)
            + string.Join('\n', facets)
            + string.Join('\n', (await ListAsync(collection, query.Filter)).Select(point => point.Payload.Path));
    }
}
