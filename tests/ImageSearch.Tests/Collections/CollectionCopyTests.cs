using ImageSearch.Collections;
using ImageSearch.Testing;
using ImageSearch.Testing.Conformance;
using ImageSearch.Testing.Qdrant;
using Xunit;

namespace ImageSearch.Tests.Collections;

public sealed class CollectionCopyTests : IDisposable
{
    private static readonly CollectionFingerprint Fingerprint = new("test", 32, "1");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Points_go_to_a_server_and_back_with_their_vectors_and_facts()
    {
        var points = SamplePictures.Varied(300, 32, new Random(3));
        await using var source = await OpenAsync("source");
        await source.UpsertAsync(points, default);
        await using var place = await QdrantPlace.OnFakeAsync();
        await using var served = await place.OpenAsync(Fingerprint);
        await using var back = await OpenAsync("back");

        var there = await CopyAsync(source, served, 64, progress: null);
        var here = await CopyAsync(served, back, 64, progress: null);

        Assert.Equal(new CollectionCopySummary(300, 300, 0, 0), there);
        Assert.Equal(there, here);
        await AssertSameAsync(source, back, points);
    }

    [Fact]
    public async Task What_is_there_already_is_passed_over_and_what_is_no_more_is_deleted()
    {
        var points = SamplePictures.Varied(100, 32, new Random(4));
        await using var source = await OpenAsync("source");
        await source.UpsertAsync(points, default);
        await using var target = await OpenAsync("target");
        await CopyAsync(source, target, 7, progress: null);
        var changed = points[0] with { Payload = points[0].Payload with { IndexedAt = points[0].Payload.IndexedAt.AddSeconds(1), Rating = 5 } };
        await source.UpsertAsync([changed], default);
        _ = await source.DeleteAsync([.. points.Skip(90).Select(point => point.Id)], default);

        var copied = await CopyAsync(source, target, 7, progress: null);

        Assert.Equal(new CollectionCopySummary(90, 1, 89, 10), copied);
        await AssertSameAsync(source, target, [changed, .. points.Skip(1)]);
    }

    [Fact]
    public async Task A_copy_that_was_broken_off_goes_on()
    {
        await using var source = await OpenAsync("source");
        await source.UpsertAsync(SamplePictures.Varied(40, 32, new Random(5)), default);
        await using var place = await QdrantPlace.OnFakeAsync();
        await using var target = await place.OpenAsync(Fingerprint);
        var seen = 0L;
        using var stop = new CancellationTokenSource();
        var progress = new Watcher(gone =>
        {
            seen = gone;
            if (gone >= 20)
            {
                stop.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CopyAsync(source, target, 10, progress, stop.Token));
        var rest = await CopyAsync(source, target, 10, progress: null);

        Assert.Equal(20, seen);
        Assert.Equal(new CollectionCopySummary(40, 20, 20, 0), rest);
    }

    [Fact]
    public async Task A_server_that_is_full_says_so()
    {
        await using var source = await OpenAsync("source");
        await source.UpsertAsync(SamplePictures.Varied(10, 32, new Random(6)), default);
        await using var place = await QdrantPlace.OnFakeAsync();
        await using var target = await place.OpenAsync(Fingerprint);
        place.Fake.Inject(new QdrantFault.Error(507, "Insufficient storage: full") { Operation = "upsert_points", Times = int.MaxValue });

        var fault = await Assert.ThrowsAsync<CollectionException>(() => CopyAsync(source, target, 10, progress: null));

        Assert.Equal(CollectionFault.Full, fault.Fault);
    }

    [Fact]
    public async Task What_others_keep_in_the_target_is_not_deleted()
    {
        var points = SamplePictures.Varied(20, 32, new Random(7));
        await using var source = await OpenAsync("source");
        await source.UpsertAsync([.. points.Select(point => point with { Payload = point.Payload with { Library = "ours" } })], default);
        await using var place = await QdrantPlace.OnFakeAsync();
        await using var target = await place.OpenAsync(Fingerprint);
        var others = SamplePictures.Varied(5, 32, new Random(8)).Select(point => point with { Payload = point.Payload with { Library = "theirs" } }).ToList();
        await target.UpsertAsync(others, default);

        var refused = await Assert.ThrowsAsync<CollectionException>(() => CopyAsync(source, target, 10, progress: null));

        Assert.Contains("5 pictures of 'theirs'", refused.Message, StringComparison.Ordinal);
        Assert.Equal(5, await target.CountAsync(ImageFilter.All, default));
    }

    private static async Task<CollectionCopySummary> CopyAsync(
        IImageCollection source, IImageCollection target, int batchSize, IProgress<long>? progress, CancellationToken cancellationToken = default)
    {
        var copy = await CollectionCopy.BeginAsync(source, target, batchSize, progress, cancellationToken);
        return await copy.RunAsync(cancellationToken);
    }

    private static async Task AssertSameAsync(EmbeddedCollection one, EmbeddedCollection other, IReadOnlyList<ImagePoint> points)
    {
        IReadOnlyList<Guid> ids = [.. points.Select(point => point.Id)];
        var expected = await one.GetAsync(ids, VectorInclusion.With, default);
        var actual = await other.GetAsync(ids, VectorInclusion.With, default);
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected.Zip(actual), pair =>
        {
            Assert.Equal(pair.First.Id, pair.Second.Id);
            Assert.All(pair.First.Vector.ToArray().Zip(pair.Second.Vector.ToArray()), numbers => Assert.Equal(numbers.First, numbers.Second, 1e-6f));
            Assert.Equivalent(pair.First.Payload, pair.Second.Payload, strict: true);
        });
    }

    private Task<EmbeddedCollection> OpenAsync(string name) =>
        EmbeddedCollection.OpenAsync(Path.Combine(_folder.Path, name), Fingerprint, CollectionAccess.Write, TimeProvider.System, default);

    private sealed class Watcher(Action<long> hear) : IProgress<long>
    {
        public void Report(long value) => hear(value);
    }
}
