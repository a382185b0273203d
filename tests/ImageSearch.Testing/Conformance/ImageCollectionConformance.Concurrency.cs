using System.Numerics.Tensors;
using ImageSearch.Collections;
using Xunit;

namespace ImageSearch.Testing.Conformance;

public abstract partial class ImageCollectionConformance<TCollection>
{
    [Fact]
    public async Task Readers_beside_a_writer_only_ever_see_whole_points()
    {
        await using var collection = await OpenAsync(Fingerprint);
        await collection.UpsertAsync(Versioned(0), default);
        using var written = new CancellationTokenSource();

        var readers = Enumerable.Range(0, 4).Select(reader => Task.Run(() => ReadUntilAsync(collection, reader, written.Token))).ToArray();
        for (var version = 1; version <= 40; version++)
        {
            await collection.UpsertAsync(Versioned(version), default);
            if (version % 10 == 0)
            {
                await collection.CompactAsync(default);
            }
        }

        await written.CancelAsync();
        var reads = await Task.WhenAll(readers);

        Assert.All(reads, count => Assert.True(count > 0));
        Assert.Equal(Count, (await ListAsync(collection, new ImageFilter([new ImageCondition.HasTag("version 40")]))).Count);
    }

    [Fact]
    public async Task Writers_in_many_threads_lose_nothing()
    {
        await using var collection = await OpenAsync(Fingerprint);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var batch = 0; batch < 10; batch++)
            {
                await collection.UpsertAsync([.. Enumerable.Range(0, 5).Select(i => Point($"{writer}/{batch}/{i}.jpg", i))], default);
            }
        })));

        Assert.Equal(400, await collection.CountAsync(ImageFilter.All, default));
        Assert.Equal(8, (await collection.FacetAsync(ImageFacet.Folder, ImageFilter.All, 100, default)).Count(folder => folder.Count == 50));
    }

    private const int Count = 30;

    // The version is in the vector and in the payload: a point that mixes two is seen at once.
    private static ImagePoint[] Versioned(int version) =>
        [.. Enumerable.Range(0, Count).Select(i => Point($"{i}.jpg", version, payload => payload with { Bytes = version, Tags = [$"version {version}"], Words = "dog" }))];

    private static async Task<int> ReadUntilAsync(IImageCollection collection, int reader, CancellationToken written)
    {
        var reads = 0;
        do
        {
            var filter = reader % 2 == 0 ? ImageFilter.All : new ImageFilter([new ImageCondition.HasFormat("jpeg")]);
            var query = new CollectionQuery { Vector = UnitVector(reads % 40), Words = ["dogs"], Filter = filter, Limit = 100, Vectors = VectorInclusion.With };
            var hits = await collection.SearchAsync(query, default);
            Assert.Equal(Count, hits.ByMeaning.Count);
            Assert.Equal(Count, hits.ByWords.Count);
            Assert.All(hits.ByMeaning.Concat(hits.ByWords), hit => AssertWhole(hit.Point));
            Assert.Equal(Count, await collection.CountAsync(ImageFilter.All, default));
            Assert.All(await collection.GetAsync([hits.ByMeaning[0].Point.Id], VectorInclusion.With, default), AssertWhole);
            reads++;
        }
        while (!written.IsCancellationRequested);

        return reads;
    }

    private static void AssertWhole(ImagePoint point) =>
        Assert.Equal(1, TensorPrimitives.Dot(point.Vector.Span, UnitVector((int)point.Payload.Bytes)), 1e-4f);
}
