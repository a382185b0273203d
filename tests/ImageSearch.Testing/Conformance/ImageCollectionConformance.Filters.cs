using ImageSearch.Collections;
using Xunit;

namespace ImageSearch.Testing.Conformance;

public abstract partial class ImageCollectionConformance<TCollection>
{
    [Theory]
    [MemberData(nameof(ConditionCases.Names), MemberType = typeof(ConditionCases))]
    public async Task A_condition_holds_for_what_it_says_alone(string name)
    {
        var (condition, holds, holdsNot) = ConditionCases.All[name];
        await using var collection = await OpenAsync(Fingerprint);
        var yes = new ImagePoint(PointId.Of("test", "yes"), UnitVector(1), holds(Point("picture.jpg", 1).Payload));
        var no = new ImagePoint(PointId.Of("test", "no"), UnitVector(2), holdsNot(Point("picture.jpg", 1).Payload));
        await collection.UpsertAsync([yes, no], default);

        var passed = await ListAsync(collection, new ImageFilter([condition]));

        Assert.Equal(yes.Id, Assert.Single(passed).Id);
        Assert.Equal(no.Id, Assert.Single(await ListAsync(collection, new ImageFilter([new ImageCondition.Not(condition)]))).Id);
    }

    [Fact]
    public async Task Random_filters_pass_what_they_mean_in_lists_counts_and_searches()
    {
        await using var collection = await OpenAsync(Fingerprint);
        var random = new Random(11);
        var points = SamplePictures.Varied(400, Dimension, random);
        await collection.UpsertAsync(points, default);

        for (var round = 0; round < 300; round++)
        {
            var filter = SamplePictures.Filter(random);
            Guid[] expected = [.. points.Where(point => FilterOracle.Passes(filter, point.Payload)).Select(point => point.Id).Order()];

            var listed = await ListAsync(collection, filter);
            Assert.True(expected.SequenceEqual(listed.Select(point => point.Id)), $"Round {round}: {Describe(filter)}");
            Assert.Equal(expected.Length, await collection.CountAsync(filter, default));
            var hits = await collection.SearchAsync(new CollectionQuery { Vector = UnitVector(round), Filter = filter, Limit = points.Count, Precision = SearchPrecision.Exact }, default);
            Assert.Equal(expected, hits.ByMeaning.Select(hit => hit.Point.Id).Order());
        }
    }

    [Fact]
    public async Task A_filter_sees_what_was_written_and_deleted_since_it_was_last_used()
    {
        await using var collection = await OpenAsync(Fingerprint);
        var points = SamplePictures.Varied(200, Dimension, new Random(12));
        var filter = new ImageFilter([new ImageCondition.InFolder("rome"), new ImageCondition.Not(new ImageCondition.HasWord("dog"))]);
        var present = new List<ImagePoint>();
        foreach (var batch in points.Chunk(20))
        {
            await collection.UpsertAsync(batch, default);
            await collection.DeleteAsync([batch[0].Id], default);
            present.AddRange(batch[1..]);

            var hits = await collection.SearchAsync(new CollectionQuery { Vector = UnitVector(5), Filter = new ImageFilter([.. filter.Conditions]), Limit = 500 }, default);

            Assert.Equal(
                present.Where(point => FilterOracle.Passes(filter, point.Payload)).Select(point => point.Id).Order(),
                hits.ByMeaning.Select(hit => hit.Point.Id).Order());
        }
    }

    [Fact]
    public async Task A_filter_that_is_too_large_or_too_deep_is_refused()
    {
        await using var collection = await OpenAsync(Fingerprint);
        ImageCondition deep = new ImageCondition.HasTag("x");
        for (var i = 1; i < ImageFilter.MaxDepth; i++)
        {
            deep = i % 2 == 0 ? new ImageCondition.Not(deep) : new ImageCondition.Any([deep, .. Enumerable.Repeat(new ImageCondition.HasTag("y"), 25)]);
        }

        ImageCondition[] wide = [.. Enumerable.Range(0, ImageFilter.MaxConditions).Select(i => new ImageCondition.HasTag($"{i}"))];

        Assert.Equal(0, await collection.CountAsync(new ImageFilter([deep]), default));
        Assert.Equal(0, await collection.CountAsync(new ImageFilter(wide), default));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => collection.CountAsync(new ImageFilter([new ImageCondition.Not(deep)]), default));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => collection.CountAsync(new ImageFilter([.. wide, deep]), default));
    }

    private static string Describe(ImageFilter filter) => string.Join(" and ", filter.Conditions.Select(Describe));

    private static string Describe(ImageCondition condition) => condition switch
    {
        ImageCondition.Any any => $"({string.Join(" or ", any.Inner.Select(Describe))})",
        ImageCondition.Not not => $"not {Describe(not.Inner)}",
        _ => condition.ToString(),
    };
}
