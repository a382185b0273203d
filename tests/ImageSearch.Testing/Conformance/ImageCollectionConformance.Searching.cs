using System.Numerics.Tensors;
using ImageSearch.Collections;
using Xunit;

namespace ImageSearch.Testing.Conformance;

public abstract partial class ImageCollectionConformance<TCollection>
{
    [Theory]
    [InlineData(SearchPrecision.Exact, 1.0)]
    [InlineData(SearchPrecision.Quantised, 0.95)]
    public async Task Search_by_meaning_finds_the_nearest_with_their_cosines(SearchPrecision precision, double leastRecall)
    {
        await using var collection = await OpenAsync(Fingerprint);
        var points = SamplePictures.Varied(2_000, Dimension, new Random(41));
        await collection.UpsertAsync(points, default);
        var recalled = 0;

        for (var seed = 0; seed < 20; seed++)
        {
            var query = UnitVector(1000 + seed);
            var hits = (await collection.SearchAsync(new CollectionQuery { Vector = query, Limit = 10, Precision = precision }, default)).ByMeaning;

            Assert.Equal(10, hits.Count);
            Assert.Equal(hits.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Point.Id), hits);
            Assert.All(hits, hit => Assert.Equal(Cosine(query, points.Single(point => point.Id == hit.Point.Id)), hit.Score, 1e-4f));
            recalled += hits.Select(hit => hit.Point.Id).Intersect(points.OrderByDescending(point => Cosine(query, point)).Take(10).Select(point => point.Id)).Count();
        }

        Assert.True(recalled / 200.0 >= leastRecall, $"Recall {recalled / 200.0}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(50)]
    public async Task A_filter_inside_the_search_costs_no_hit(int percent)
    {
        await using var collection = await OpenAsync(Fingerprint);
        var random = new Random(42);
        ImagePoint[] points = [.. Enumerable.Range(0, 2_000).Select(i => SamplePictures.At($"{i}.jpg", SamplePictures.Vector(Dimension, random), payload => payload with { Width = 1 + (i % 100) }))];
        await collection.UpsertAsync(points, default);
        var filter = new ImageFilter([new ImageCondition.WidthWithin(null, percent)]);
        var query = UnitVector(43);

        var hits = (await collection.SearchAsync(new CollectionQuery { Vector = query, Filter = filter, Limit = 20, Precision = SearchPrecision.Exact }, default)).ByMeaning;

        Assert.Equal(
            points.Where(point => point.Payload.Width <= percent).OrderByDescending(point => Cosine(query, point)).Take(20).Select(point => point.Id),
            hits.Select(hit => hit.Point.Id));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(1_000_000)]
    public async Task A_search_gives_as_many_as_asked_for_or_all(int limit)
    {
        await using var collection = await OpenAsync(Fingerprint);
        ImagePoint[] points = [.. Enumerable.Range(0, 50).Select(i => Point($"{i}.jpg", i, payload => payload with { Words = $"dog number {i}" }))];
        await collection.UpsertAsync(points, default);

        var hits = await collection.SearchAsync(new CollectionQuery { Vector = UnitVector(3), Words = ["dog"], Limit = limit }, default);

        Assert.Equal(Math.Min(limit, 50), hits.ByMeaning.Count);
        Assert.Equal(Math.Min(limit, 50), hits.ByWords.Count);
        Assert.Equal(PointId.Of("photos", "3.jpg"), hits.ByMeaning[0].Point.Id);
        var cosines = (await collection.GetAsync([.. hits.ByWords.Select(hit => hit.Point.Id)], VectorInclusion.With, default))
            .Select(point => TensorPrimitives.Dot(UnitVector(3), point.Vector.Span));
        Assert.All(hits.ByWords.Zip(cosines), hit => Assert.Equal(hit.Second, hit.First.Cosine ?? hit.Second, 1e-3f));
    }

    [Fact]
    public async Task Equal_scores_are_ordered_by_id()
    {
        await using var collection = await OpenAsync(Fingerprint);
        ImagePoint[] points = [.. Enumerable.Range(0, 40).Select(i => Point($"{i}.jpg", 1, payload => payload with { Words = "dog" }))];
        await collection.UpsertAsync(points, default);

        var hits = await collection.SearchAsync(new CollectionQuery { Vector = UnitVector(1), Words = ["dog"], Limit = 40 }, default);

        Assert.Equal(points.Select(point => point.Id).Order(), hits.ByMeaning.Select(hit => hit.Point.Id));
        Assert.Equal(points.Select(point => point.Id).Order(), hits.ByWords.Select(hit => hit.Point.Id));
    }

    [Fact]
    public async Task Hits_carry_payloads_and_the_vectors_that_were_asked_for()
    {
        await using var collection = await OpenAsync(Fingerprint);
        await collection.UpsertAsync([Point("a.jpg", 1, payload => payload with { Words = "dog" })], default);

        var with = await collection.SearchAsync(new CollectionQuery { Vector = UnitVector(1), Words = ["dog"], Limit = 1, Vectors = VectorInclusion.With }, default);
        var without = await collection.SearchAsync(new CollectionQuery { Vector = UnitVector(1), Words = ["dog"], Limit = 1 }, default);

        Assert.All(with.ByMeaning.Concat(with.ByWords), hit => Assert.Equal(1, TensorPrimitives.Dot(UnitVector(1), hit.Point.Vector.Span), 1e-4f));
        Assert.All(without.ByMeaning.Concat(without.ByWords), hit => Assert.True(hit.Point.Vector.IsEmpty));
        Assert.All(without.ByMeaning.Concat(without.ByWords), hit => Assert.Equal("a.jpg", hit.Point.Payload.Path));
    }

    [Fact]
    public async Task Search_by_words_finds_any_word_in_any_form_and_ranks_more_words_first()
    {
        await using var collection = await OpenAsync(Fingerprint);
        await collection.UpsertAsync(
            [
                Point("both.jpg", 1, payload => payload with { Words = "a running dog today" }),
                Point("one.jpg", 2, payload => payload with { Words = "a sleeping dog today" }),
                Point("none.jpg", 3, payload => payload with { Words = "a sleeping cat today" }),
            ],
            default);

        var hits = await collection.SearchAsync(new CollectionQuery { Words = ["RUN", "dogs"], Limit = 10 }, default);

        Assert.Empty(hits.ByMeaning);
        Assert.Equal(["both.jpg", "one.jpg"], hits.ByWords.Select(hit => hit.Point.Payload.Path));
        Assert.All(hits.ByWords, hit => Assert.True(hit.Score > 0));
        Assert.True(hits.ByWords[0].Score > hits.ByWords[1].Score);
    }

    [Fact]
    public async Task Search_by_words_keeps_to_the_filter()
    {
        await using var collection = await OpenAsync(Fingerprint);
        ImagePoint[] points = [.. Enumerable.Range(0, 100).Select(i => Point($"{i}.jpg", i, payload => payload with { Words = "dog", Rating = i % 5 }))];
        await collection.UpsertAsync(points, default);

        var hits = await collection.SearchAsync(
            new CollectionQuery { Words = ["dog"], Filter = new ImageFilter([new ImageCondition.RatingWithin(4, null)]), Limit = 100 },
            default);

        Assert.Equal(20, hits.ByWords.Count);
        Assert.All(hits.ByWords, hit => Assert.Equal(4, hit.Point.Payload.Rating));
    }

    [Fact]
    public async Task A_query_for_nothing_and_a_limit_of_nothing_are_refused()
    {
        await using var collection = await OpenAsync(Fingerprint);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => collection.SearchAsync(new CollectionQuery { Limit = 10 }, default));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => collection.SearchAsync(new CollectionQuery { Words = ["dog"], Limit = 0 }, default));
    }

    [Fact]
    public async Task Any_text_is_safe_to_store_to_search_for_and_to_filter_by()
    {
        await using var collection = await OpenAsync(Fingerprint);
        for (var i = 0; i < NaughtyTexts.All.Count; i++)
        {
            var text = NaughtyTexts.All[i];
            await collection.UpsertAsync([Point($"{i}.jpg", i, payload => payload with { Words = text, Tags = [text], Camera = text, Title = text })], default);

            await collection.SearchAsync(new CollectionQuery { Words = [text, "dog", text], Limit = 3 }, default);
            foreach (var condition in NaughtyTexts.Conditions(text))
            {
                await collection.CountAsync(new ImageFilter([condition]), default);
            }

            Assert.Contains(await ListAsync(collection, new ImageFilter([new ImageCondition.HasTag(text)])), point => point.Payload.Path == $"{i}.jpg");
            Assert.Contains(await ListAsync(collection, new ImageFilter([new ImageCondition.HasPhrase(text)])), point => point.Payload.Path == $"{i}.jpg");
        }

        Assert.Equal(NaughtyTexts.All.Count, await collection.CountAsync(ImageFilter.All, default));
    }

    private static float Cosine(float[] query, ImagePoint point) => TensorPrimitives.Dot(query, point.Vector.Span);
}
