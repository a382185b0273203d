using ImageSearch.Collections;
using Xunit;

namespace ImageSearch.Testing.Conformance;

public abstract partial class ImageCollectionConformance<TCollection>
{
    private static readonly DateTime Noon = new(2024, 5, 6, 12, 0, 0);

    // Some that a server can apply whole, and one of which payloads are looked through.
    private static readonly ImageFilter[] ListingFilters =
    [
        ImageFilter.All,
        new([new ImageCondition.Not(new ImageCondition.HasFormat("png"))]),
        new([new ImageCondition.TakenWithin(new DateTime(2021, 1, 1), new DateTime(2023, 1, 1))]),
        new([new ImageCondition.PathMatches("*rome*img_?1*")]),
        new([new ImageCondition.HasFormat("gif")]),
    ];

    [Fact]
    public async Task The_mark_changes_when_points_come_and_go_and_stays_while_nothing_is_written()
    {
        await using var collection = await OpenAsync(Fingerprint);
        var points = SamplePictures.Varied(3, Dimension, new Random(32));
        var marks = new List<string> { await collection.MarkAsync(default) };

        await collection.UpsertAsync(points, default);
        marks.Add(await collection.MarkAsync(default));
        _ = await collection.SearchAsync(new CollectionQuery { Vector = points[0].Vector, Limit = 3 }, default);
        var read = await collection.MarkAsync(default);
        _ = await collection.DeleteAsync([points[1].Id], default);
        marks.Add(await collection.MarkAsync(default));

        Assert.Equal(marks[1], read);
        Assert.Equal(marks, marks.Distinct());
    }

    [Theory]
    [InlineData(TimeOrder.NewestFirst)]
    [InlineData(TimeOrder.OldestFirst)]
    public async Task A_listing_by_time_begins_with_the_first_of_what_passes(TimeOrder order)
    {
        await using var collection = await OpenAsync(Fingerprint);
        var points = SamplePictures.Varied(700, Dimension, new Random(31));
        await collection.UpsertAsync(points, default);

        foreach (var filter in ListingFilters)
        {
            var expected = ByTime(points, order, filter);
            foreach (var limit in new[] { 1, 7, 200, int.MaxValue })
            {
                var listed = await collection.ListByTimeAsync(filter, order, limit, default);

                Assert.Equal(expected.Take(limit), listed.Select(point => point.Id));
                Assert.All(listed, point => Assert.True(point.Vector.IsEmpty));
            }
        }
    }

    [Theory]
    [InlineData(TimeOrder.NewestFirst)]
    [InlineData(TimeOrder.OldestFirst)]
    public async Task Equal_times_are_listed_by_id_and_times_apart_by_less_than_a_microsecond_are_not_equal(TimeOrder order)
    {
        await using var collection = await OpenAsync(Fingerprint);
        ImagePoint[] points =
        [
            .. Enumerable.Range(0, 600).Select(number => TakenAt($"same {number}.jpg", Noon)),
            .. Enumerable.Range(0, 40).Select(number => TakenAt($"close {number}.jpg", Noon.AddTicks(7 * number % 40))),
            .. Enumerable.Range(0, 20).Select(number => TakenAt($"apart {number}.jpg", Noon.AddHours(number - 10))),
        ];
        await collection.UpsertAsync(points, default);
        var expected = ByTime(points, order, ImageFilter.All);

        foreach (var limit in new[] { 5, 11, 30, 45, 550, 1_000 })
        {
            Assert.Equal(expected.Take(limit), await IdsByTimeAsync(collection, order, limit));
        }
    }

    [Theory]
    [InlineData(TimeOrder.NewestFirst)]
    [InlineData(TimeOrder.OldestFirst)]
    public async Task Points_without_a_time_are_listed_last_by_id(TimeOrder order)
    {
        await using var collection = await OpenAsync(Fingerprint);
        ImagePoint[] points =
        [
            .. Enumerable.Range(0, 20).Select(number => TakenAt($"none {number}.jpg", null)),
            TakenAt("first.jpg", DateTime.MinValue),
            TakenAt("noon.jpg", Noon),
            TakenAt("last.jpg", DateTime.MaxValue),
        ];
        await collection.UpsertAsync(points, default);
        var expected = ByTime(points, order, ImageFilter.All);

        foreach (var limit in new[] { 1, 2, 3, 10, 100 })
        {
            Assert.Equal(expected.Take(limit), await IdsByTimeAsync(collection, order, limit));
        }
    }

    [Fact]
    public async Task A_listing_by_time_follows_what_is_written_deleted_and_compacted()
    {
        await using var collection = await OpenAsync(Fingerprint);
        var points = Enumerable.Range(0, 60).Select(number => TakenAt($"{number}.jpg", Noon.AddMinutes(number))).ToList();
        await collection.UpsertAsync(points, default);
        Assert.Equal(ByTime(points, TimeOrder.NewestFirst, ImageFilter.All).Take(10), await IdsByTimeAsync(collection, TimeOrder.NewestFirst, 10));

        _ = await collection.DeleteAsync([.. points[55..].Select(point => point.Id)], default);
        points.RemoveRange(55, 5);
        (points[0], points[54]) = (TakenAt("0.jpg", Noon.AddDays(1)), TakenAt("54.jpg", null));
        points.Add(TakenAt("new.jpg", Noon.AddMinutes(53)));
        await collection.UpsertAsync([points[0], points[54], points[^1]], default);
        var expected = ByTime(points, TimeOrder.NewestFirst, ImageFilter.All);

        Assert.Equal(expected, await IdsByTimeAsync(collection, TimeOrder.NewestFirst, 100));
        await collection.CompactAsync(default);
        Assert.Equal(expected.Take(10), await IdsByTimeAsync(collection, TimeOrder.NewestFirst, 10));
    }

    [Fact]
    public async Task A_listing_by_time_of_no_points_is_refused()
    {
        await using var collection = await OpenAsync(Fingerprint);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => collection.ListByTimeAsync(ImageFilter.All, TimeOrder.NewestFirst, 0, default));
    }

    private static ImagePoint TakenAt(string path, DateTime? taken) => Point(path, 1, payload => payload with { TakenAt = taken });

    private static List<Guid> ByTime(IEnumerable<ImagePoint> points, TimeOrder order, ImageFilter filter)
    {
        var timedFirst = points.Where(point => FilterOracle.Passes(filter, point.Payload)).OrderBy(point => point.Payload.TakenAt is null);
        var ordered = order == TimeOrder.NewestFirst
            ? timedFirst.ThenByDescending(point => point.Payload.TakenAt)
            : timedFirst.ThenBy(point => point.Payload.TakenAt);
        return [.. ordered.ThenBy(point => point.Id).Select(point => point.Id)];
    }

    private static async Task<IEnumerable<Guid>> IdsByTimeAsync(IImageCollection collection, TimeOrder order, int limit) =>
        (await collection.ListByTimeAsync(ImageFilter.All, order, limit, default)).Select(point => point.Id);
}
