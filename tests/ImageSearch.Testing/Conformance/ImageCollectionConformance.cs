using ImageSearch.Collections;
using Xunit;

namespace ImageSearch.Testing.Conformance;

/// <summary>
/// What every <see cref="IImageCollection"/> must do. A derived class opens one kind of collection; each test has one of its own.
/// </summary>
/// <typeparam name="TCollection">The implementation.</typeparam>
public abstract partial class ImageCollectionConformance<TCollection>
    where TCollection : IImageCollection
{
    protected const int Dimension = 32;

    protected static CollectionFingerprint Fingerprint { get; } = new("test", Dimension, "1");

    /// <summary>Opens this test's collection for writing; it is made by the first call.</summary>
    protected abstract Task<TCollection> OpenAsync(CollectionFingerprint fingerprint);

    /// <summary>Drops this test's collection, which is not open.</summary>
    protected abstract Task DropAsync();

    [Fact]
    public async Task A_new_collection_is_empty_and_answers_everything()
    {
        await using var collection = await OpenAsync(Fingerprint);

        var hits = await collection.SearchAsync(new CollectionQuery { Vector = UnitVector(1), Words = ["dog"], Limit = 10 }, default);

        Assert.Empty(hits.ByMeaning);
        Assert.Empty(hits.ByWords);
        Assert.Equal(0, await collection.CountAsync(ImageFilter.All, default));
        Assert.Empty(await ListAsync(collection, ImageFilter.All));
        Assert.Empty(await collection.ListByTimeAsync(ImageFilter.All, TimeOrder.NewestFirst, 10, default));
        Assert.Empty(await collection.FacetAsync(ImageFacet.Tag, ImageFilter.All, 10, default));
        Assert.Equal(0, await collection.DeleteAsync([Guid.Empty], default));
        await collection.CompactAsync(default);
    }

    [Fact]
    public async Task A_point_comes_back_as_it_was_written()
    {
        await using var collection = await OpenAsync(Fingerprint);
        var points = SamplePictures.Varied(50, Dimension, new Random(1));

        await collection.UpsertAsync(points, default);

        var read = await collection.GetAsync([.. points.Select(point => point.Id)], VectorInclusion.With, default);
        Assert.Equal(points.Count, read.Count);
        for (var i = 0; i < points.Count; i++)
        {
            Assert.Equal(points[i].Id, read[i].Id);
            Assert.Equivalent(points[i].Payload, read[i].Payload, strict: true);
            Assert.All(points[i].Vector.ToArray().Zip(read[i].Vector.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        }
    }

    [Fact]
    public async Task Get_keeps_the_order_asked_leaves_out_what_is_missing_and_the_vectors_unless_asked()
    {
        await using var collection = await OpenAsync(Fingerprint);
        var (a, b) = (Point("a.jpg", 1), Point("b.jpg", 2));
        await collection.UpsertAsync([a, b], default);

        var read = await collection.GetAsync([b.Id, Guid.Empty, a.Id], VectorInclusion.Without, default);

        Assert.Equal([b.Id, a.Id], read.Select(point => point.Id));
        Assert.All(read, point => Assert.True(point.Vector.IsEmpty));
    }

    [Fact]
    public async Task Writing_an_id_again_replaces_the_whole_point()
    {
        await using var collection = await OpenAsync(Fingerprint);
        await collection.UpsertAsync([Point("a.jpg", 1, payload => payload with { Tags = ["old"], Words = "old words" })], default);

        await collection.UpsertAsync([Point("a.jpg", 2, payload => payload with { Words = "new words" })], default);

        Assert.Equal(1, await collection.CountAsync(ImageFilter.All, default));
        Assert.Equal(0, await collection.CountAsync(new ImageFilter([new ImageCondition.HasTag("old")]), default));
        Assert.Equal(0, await collection.CountAsync(new ImageFilter([new ImageCondition.HasWord("old")]), default));
        var hits = await collection.SearchAsync(new CollectionQuery { Vector = UnitVector(2), Words = ["old", "new"], Limit = 10 }, default);
        Assert.Equal(1, Assert.Single(hits.ByMeaning).Score, 1e-3f);
        Assert.Single(hits.ByWords);
    }

    [Fact]
    public async Task Of_equal_ids_in_one_call_the_last_one_counts()
    {
        await using var collection = await OpenAsync(Fingerprint);

        await collection.UpsertAsync([Point("a.jpg", 1), Point("b.jpg", 2), Point("a.jpg", 3, payload => payload with { Rating = 5 })], default);

        Assert.Equal(2, await collection.CountAsync(ImageFilter.All, default));
        var read = await collection.GetAsync([PointId.Of("photos", "a.jpg")], VectorInclusion.Without, default);
        Assert.Equal(5, Assert.Single(read).Payload.Rating);
    }

    [Fact]
    public async Task Deleting_takes_points_from_every_answer_and_counts_only_those_that_were_there()
    {
        await using var collection = await OpenAsync(Fingerprint);
        var points = SamplePictures.Varied(20, Dimension, new Random(2));
        await collection.UpsertAsync(points, default);
        Guid[] gone = [.. points.Take(5).Select(point => point.Id)];

        var deleted = await collection.DeleteAsync([.. gone, gone[0], Guid.Empty], default);

        Assert.Equal(5, deleted);
        Assert.Equal(15, await collection.CountAsync(ImageFilter.All, default));
        Assert.Empty(await collection.GetAsync(gone, VectorInclusion.Without, default));
        Assert.DoesNotContain(await ListAsync(collection, ImageFilter.All), point => gone.Contains(point.Id));
        var hits = await collection.SearchAsync(new CollectionQuery { Vector = points[0].Vector, Limit = 100 }, default);
        Assert.Equal(15, hits.ByMeaning.Count);
        Assert.DoesNotContain(hits.ByMeaning, hit => gone.Contains(hit.Point.Id));
    }

    [Fact]
    public async Task A_large_batch_is_written_whole()
    {
        await using var collection = await OpenAsync(Fingerprint);
        var random = new Random(3);
        ImagePoint[] points = [.. Enumerable.Range(0, 3_000).Select(i => SamplePictures.At($"{i:D5}.jpg", SamplePictures.Vector(Dimension, random)))];

        await collection.UpsertAsync(points, default);

        Assert.Equal(points.Length, await collection.CountAsync(ImageFilter.All, default));
        Assert.Equal(points.Select(point => point.Id).Order(), (await ListAsync(collection, ImageFilter.All)).Select(point => point.Id));
    }

    [Theory]
    [InlineData(Dimension - 1, 1f)]
    [InlineData(Dimension, 0f)]
    [InlineData(Dimension, 1.01f)]
    [InlineData(Dimension, float.NaN)]
    [InlineData(Dimension, float.PositiveInfinity)]
    public async Task A_vector_that_does_not_fit_is_refused_and_nothing_of_its_batch_is_written(int length, float first)
    {
        await using var collection = await OpenAsync(Fingerprint);
        var vector = new float[length];
        vector[0] = first;

        await Assert.ThrowsAnyAsync<ArgumentException>(() => collection.UpsertAsync([Point("good.jpg", 1), SamplePictures.At("bad.jpg", vector)], default));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => collection.SearchAsync(new CollectionQuery { Vector = vector, Limit = 1 }, default));

        Assert.Equal(0, await collection.CountAsync(ImageFilter.All, default));
    }

    [Fact]
    public async Task A_content_hash_that_is_none_is_refused()
    {
        await using var collection = await OpenAsync(Fingerprint);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => collection.UpsertAsync([Point("a.jpg", 1, payload => payload with { Sha256 = "abc" })], default));
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled()
    {
        await using var collection = await OpenAsync(Fingerprint);
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => collection.UpsertAsync([Point("a.jpg", 1)], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => collection.CountAsync(ImageFilter.All, cancelled));

        Assert.Equal(0, await collection.CountAsync(ImageFilter.All, default));
    }

    protected static ImagePoint Point(string path, int seed, Func<ImagePayload, ImagePayload>? with = null) =>
        SamplePictures.At(path, UnitVector(seed), with);

    protected static float[] UnitVector(int seed) => SamplePictures.Vector(Dimension, new Random(seed));

    protected static async Task<List<ImagePoint>> ListAsync(IImageCollection collection, ImageFilter filter)
    {
        var points = new List<ImagePoint>();
        await foreach (var point in collection.ListAsync(filter, default))
        {
            points.Add(point);
        }

        return points;
    }
}
