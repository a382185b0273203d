using System.Security.Cryptography;
using ImageSearch.Collections;
using ImageSearch.Embedding;
using ImageSearch.Imaging;
using ImageSearch.Searching;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Searching;

/// <summary>The whole way from a question to its pictures, with the real embedder, collection and pictures.</summary>
public sealed class OfflineRetrievalTests
{
    [SharedDataFact("photos")]
    public async Task Captions_written_by_people_find_their_pictures_among_others()
    {
        using var folder = new TempFolder();
        using var embedder = new WordsEmbeddingGenerator(new OfflineEmbeddingGenerator(ImageLimits.Default));
        await using var collection = await EmbeddedCollection.OpenAsync(
            folder.Path, new CollectionFingerprint(OfflineEmbeddingGenerator.ModelId, OfflineEmbeddingGenerator.Dimension, "1"), CollectionAccess.Write, TimeProvider.System, default);
        var photos = SharedData.PathOf("photos");
        var labels = File.ReadLines(Path.Combine(photos, "tuxpaint-stamps.captions.tsv")).Skip(1).Select(line => line.Split('\t'))
            .Where(columns => columns[1] == "en" && columns[0].Contains("/animals/", StringComparison.Ordinal)).Select(columns => (Path: columns[0], Caption: columns[2])).ToList();
        var points = new List<ImagePoint>();
        foreach (var (path, _) in labels)
        {
            points.Add(await PointAsync(embedder, photos, path));
        }

        await collection.UpsertAsync(points, default);
        var searcher = new ImageSearcher(collection, embedder, new QueryPictureFiles([new("photos", photos)], folder.Path, ImageLimits.Default).ReadAsync, TimeProvider.System);
        var queries = labels.ConvertAll(label => new LabelledQuery(label.Caption.Replace('"', ' '), [label.Path]));

        var evaluation = await SearchEvaluation.RunAsync(searcher, queries, depth: 10);
        var likeness = await searcher.SearchAsync(QueryParser.Parse("like:tuxpaint-stamps/animals/birds/crow.png"));

        Assert.True(evaluation is { Recall: > 0.9, MeanReciprocalRank: > 0.8 }, $"recall@10 {evaluation.Recall:0.000}, MRR {evaluation.MeanReciprocalRank:0.000}");
        Assert.Equal(10, likeness.Hits.Count);
        Assert.DoesNotContain(likeness.Hits, hit => hit.Picture.Path.EndsWith("/crow.png", StringComparison.Ordinal));
    }

    private static async Task<ImagePoint> PointAsync(WordsEmbeddingGenerator embedder, string root, string path)
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(root, path));
        var info = ImageIdentifier.Identify(bytes, ImageLimits.Default);
        var words = string.Join(' ', Path.ChangeExtension(path, null)!.Split('/', '_', '-'));
        var embedding = await embedder.GenerateAsync([EmbeddingInput.Picture(bytes, info.MediaType, words)]);
        return new ImagePoint(PointId.Of("photos", path), embedding[0].Vector, new ImagePayload
        {
            Library = "photos",
            Path = path,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            Bytes = bytes.Length,
            Modified = DateTimeOffset.UnixEpoch,
            Width = info.Width,
            Height = info.Height,
            Format = info.Format.ToString().ToLowerInvariant(),
            Words = words,
            Model = OfflineEmbeddingGenerator.ModelId,
            IndexedAt = DateTimeOffset.UnixEpoch,
        });
    }
}
