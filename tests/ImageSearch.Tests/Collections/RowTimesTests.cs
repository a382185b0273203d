using ImageSearch.Collections;
using ImageSearch.Collections.Embedded;
using ImageSearch.Testing;
using ImageSearch.Testing.Conformance;
using Xunit;

namespace ImageSearch.Tests.Collections;

public sealed class RowTimesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_moment_before_a_deletion_still_has_the_times_of_what_was_deleted()
    {
        await using var collection = await EmbeddedCollection.OpenAsync(
            _folder.Path, new CollectionFingerprint("test", 4, "1"), CollectionAccess.Write, TimeProvider.System, default);
        var points = Enumerable.Range(0, 3).Select(TakenIn).ToList();
        await collection.UpsertAsync(points, default);
        using var before = new ReadSession(new CollectionFiles(_folder.Path));
        before.Begin();
        var stateBefore = before.ReadState();
        _ = await collection.DeleteAsync([points[1].Id], default);
        using var after = new ReadSession(new CollectionFiles(_folder.Path));
        after.Begin();
        var times = new RowTimes();

        var keysAfter = times.Of(after.ReadState(), after).ToArray();
        var keysBefore = times.Of(stateBefore, before).ToArray();

        Assert.Equal([TakenKey.Of(points[0]), default, TakenKey.Of(points[2])], keysAfter);
        Assert.Equal(points.Select(TakenKey.Of), keysBefore);
        before.End();
        after.End();
    }

    public void Dispose() => _folder.Dispose();

    private static ImagePoint TakenIn(int year) =>
        SamplePictures.At($"{year}.jpg", SamplePictures.Vector(4, new Random(year)), payload => payload with { TakenAt = new DateTime(2000 + year, 1, 1) });
}
