using System.Globalization;
using ImageSearch.Collections;
using ImageSearch.Collections.Vectors;
using ImageSearch.Embedding;
using ImageSearch.Embedding.Offline;
using ImageSearch.Imaging;
using ImageSearch.Searching;
using ImageSearch.Testing;
using Microsoft.Extensions.AI;
using Xunit;

namespace ImageSearch.Tests.Searching;

/// <summary>The offline model in collections so large that vectors have codes.</summary>
public sealed class OfflinePrecisionTests
{
    private const int Pictures = CodeBuilding.LeastRows + 1_000;
    private const int Vocabulary = 361;

    [Fact]
    public async Task The_rare_words_of_a_text_find_all_of_their_nearest_pictures_by_meaning()
    {
        using var folder = new TempFolder();
        using var home = new ImageSearchHome(new ImageSearchOptions { Home = folder.Path }, TimeProvider.System);
        await using var collection = await home.OpenCollectionAsync(CollectionAccess.Write, default);
        var random = new Random(5);
        await collection.UpsertAsync([.. Enumerable.Range(0, Pictures).Select(number => Point(number, random))], default);
        await collection.CompactAsync(default);
        using var model = new OfflineEmbeddingGenerator(ImageLimits.Default);
        var searcher = home.SearcherOf(collection, folder.Path);

        foreach (var text in new[] { "qbd qtk", "qvv qcw qhb", "qxn" })
        {
            var vector = (await model.GenerateAsync([new TextContent(text)]))[0].Vector;
            var nearest = await collection.SearchAsync(new CollectionQuery { Vector = vector, Limit = 10, Precision = SearchPrecision.Exact }, default);
            var page = await searcher.SearchAsync(QueryParser.Parse(text) with { Limit = 250 });
            var found = page.Hits.SelectMany(hit => hit.Why.Where(why => why.Name == HitSignal.Meaning && why.Rank <= 10).Select(why => (why.Rank, hit.Picture.Path)));

            Assert.Equal(nearest.ByMeaning.Select(hit => hit.Point.Payload.Path), found.OrderBy(hit => hit.Rank).Select(hit => hit.Path));
        }
    }

    private static ImagePoint Point(int number, Random random)
    {
        var looks = new float[VisualLayout.Dimension];
        for (var at = 0; at < looks.Length; at++)
        {
            looks[at] = (float)(((random.NextDouble() * 2) - 1) / (at + 10));
        }

        UnitVector.TryNormalise(looks);
        var words = string.Join(' ', Enumerable.Range(0, 6).Select(_ => Word(random.Next(Vocabulary))));
        var path = $"{number}.jpg";
        return new ImagePoint(PointId.Of("photos", path), OfflineVector.WithWords(looks, words), new ImagePayload
        {
            Library = "photos",
            Path = path,
            Sha256 = number.ToString("x64", CultureInfo.InvariantCulture),
            Bytes = 1,
            Modified = DateTimeOffset.UnixEpoch,
            Width = 1,
            Height = 1,
            Format = "jpeg",
            Words = words,
            Model = OfflineEmbeddingGenerator.ModelId,
            IndexedAt = DateTimeOffset.UnixEpoch,
        });
    }

    // Two letters and no vowel: no stemmer changes it.
    private static string Word(int number)
    {
        const string Letters = "bcdfghjklmnpqrtvwxz";
        return $"q{Letters[number % Letters.Length]}{Letters[number / Letters.Length % Letters.Length]}";
    }
}
