using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Text;
using ImageSearch.Collections;
using ImageSearch.Imaging;
using ImageSearch.Searching;
using ImageSearch.Testing;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Tests.Embedding;
using ImageSearch.Tests.Vision;
using ImageSearch.Vision;
using Xunit;

namespace ImageSearch.Tests.Searching;

public sealed class JudgedSearchTests
{
    private static readonly JudgeReport Report = new()
    {
        Model = "model",
        Judged = 3,
        Cached = 0,
        Calls = 1,
        InputTokens = 1,
        OutputTokens = 1,
        TokensPerPicture = 1,
        Cost = 0,
        Problems = [],
        IsWhole = true,
    };

    [Fact]
    public async Task Where_a_judge_confirms_an_excluded_word_hardly_moves_the_query_and_pictures_that_carry_it_stay_out()
    {
        await using var scene = await SearchScene.CreateAsync(2, new() { ["cat"] = [1, 0], ["glasses"] = [0.9f, 0.44f] });
        await scene.AddAsync(
            SearchScene.Point("cat.jpg", [1, 0.1f]), SearchScene.Point("opposite.jpg", [0.2f, -1]), SearchScene.Point("tagged.jpg", [1, 0], "cat with glasses"));
        var query = QueryParser.Parse("cat -glasses");

        var plain = await scene.Searcher.SearchAsync(query);
        var judged = await scene.Searcher.SearchAsync(query with { IsJudged = true });

        Assert.Equal(["opposite.jpg", "cat.jpg"], plain.Hits.Select(hit => hit.Picture.Path));
        Assert.Equal(["cat.jpg", "opposite.jpg"], judged.Hits.Select(hit => hit.Picture.Path));
    }

    [Fact]
    public async Task Words_of_another_language_are_ranked_by_and_not_embedded()
    {
        await using var scene = await SearchScene.CreateAsync(2, new() { ["cat"] = [1, 0] });
        await scene.AddAsync(SearchScene.Point("a.jpg", [1, 0.1f]), SearchScene.Point("b.jpg", [1, 0.2f], "Katze im Garten"));

        var page = await scene.Searcher.SearchAsync(QueryParser.Parse("cat") with { OtherWords = "Katze" });

        Assert.Equal(["b.jpg", "a.jpg"], page.Hits.Select(hit => hit.Picture.Path));
    }

    [Fact]
    public void Grades_order_what_stays_equal_ones_keep_their_place_and_what_was_not_judged_comes_after()
    {
        var judged = JudgedPage.Of(Page(6), SearchSort.Relevance, [Word(3), Word(0, JudgeDecision.Drop), null, Word(8, JudgeDecision.Unsure), Word(8)], Report with { Judged = 4 });

        Assert.Equal([4, 5, 1, 3, 6], judged.Hits.Select(hit => hit.Hit.Rank));
        Assert.Equal([2], judged.Dropped.Select(hit => hit.Hit.Rank));
        Assert.True(judged is { IsReordered: true, NothingFits: false, Notes: [] });
    }

    [Fact]
    public void Grades_do_not_change_an_order_by_date()
    {
        var judged = JudgedPage.Of(Page(3), SearchSort.Newest, [Word(3), Word(0, JudgeDecision.Drop), Word(9)], Report);

        Assert.Equal([1, 3], judged.Hits.Select(hit => hit.Hit.Rank));
    }

    [Fact]
    public void Without_a_whole_judgement_the_plain_order_stays_and_the_verdicts_that_count_are_told()
    {
        var judged = JudgedPage.Of(Page(3), SearchSort.Relevance, [Word(0, JudgeDecision.Drop), Word(9), null], Report with { IsWhole = false, Problems = ["It is late."] });

        Assert.Equal([1, 2, 3], judged.Hits.Select(hit => hit.Hit.Rank));
        Assert.Empty(judged.Dropped);
        Assert.Equal("The order is the plain one. It is late.", Assert.Single(judged.Notes));
    }

    [Fact]
    public async Task A_query_without_words_and_pictures_is_not_judged_and_says_so()
    {
        await using var room = await JudgeRoom.OpenAsync(JudgeRoom.KeepAll);
        using var folder = new TempFolder();

        var judged = await JudgeAsync(room, folder.Path, folder.Path, "type:jpeg", Page(3));

        Assert.Equal("Nothing was judged: the query has no words and no picture to judge by.", Assert.Single(judged.Notes));
        Assert.Equal([1, 2, 3], judged.Hits.Select(hit => hit.Hit.Rank));
        Assert.Empty(room.Server.Calls);
    }

    [Fact]
    public async Task What_is_excluded_is_told_apart_from_what_is_wanted()
    {
        FakeConversation? seen = null;
        await using var room = await JudgeRoom.OpenAsync(conversation => JudgeRoom.KeepAll(seen = conversation));
        using var folder = new TempFolder();
        TinyPicture.Write(Path.Combine(folder.Path, "1.jpg"), 1);

        _ = await JudgeAsync(room, folder.Path, folder.Path, "cat -glasses", Page(1));

        Assert.Contains("""{"searchedFor":"cat","mustNotShow":"glasses"}""", seen!.Text, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_hit_behind_a_link_is_not_sent()
    {
        await using var room = await JudgeRoom.OpenAsync(JudgeRoom.KeepAll);
        using var folder = new TempFolder();
        using var elsewhere = new TempFolder();
        TinyPicture.Write(Path.Combine(elsewhere.Path, "secret.jpg"), 1);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "1.jpg"), Path.Combine(elsewhere.Path, "secret.jpg"));

        var judged = await JudgeAsync(room, folder.Path, folder.Path, "cat", Page(1));

        Assert.Equal("1 of the pictures could not be read, and was not judged.", Assert.Single(judged.Notes));
        Assert.Empty(room.Server.Calls);
    }

    [SharedDataFact("photos")]
    public async Task On_photographs_a_judge_that_knows_the_labels_raises_the_precision_as_the_labels_say()
    {
        var (plain, judged, possible) = (0, 0, 0);
        var vectors = await CaltechPhotos.Vectors.Value;
        var classes = CaltechPhotos.Files.ToLookup(file => Convert.ToBase64String(Shown(file)), CaltechPhotos.ClassOf);
        var wanted = "";
        await using var room = await JudgeRoom.OpenAsync(conversation => JudgeRoom.Answer(conversation, conversation.Shown.Select(picture =>
            classes[Convert.ToBase64String(picture.Bytes.Span)].Contains(wanted) ? (picture.Heading[8..^1], "keep", 9, wanted) : (picture.Heading[8..^1], "drop", 0, "not " + wanted))));
        using var folder = new TempFolder();
        foreach (var query in Enumerable.Range(0, 8).Select(number => number * 149))
        {
            wanted = CaltechPhotos.ClassOf(CaltechPhotos.Files[query]);
            var page = new SearchPage([.. Nearest(vectors, query, 40).Select((index, place) => Hit(place, CaltechPhotos.Files[index]))], false, [], TimeSpan.Zero);

            var result = await JudgeAsync(room, CaltechPhotos.Folder, folder.Path, wanted, page, 40);

            var relevant = page.Hits.Count(IsWanted);
            plain += page.Hits.Take(10).Count(IsWanted);
            judged += result.Hits.Take(10).Count(hit => IsWanted(hit.Hit));
            possible += Math.Min(10, relevant);
            Assert.Equal((relevant == 0, 40 - relevant), (result.NothingFits, result.Dropped.Count));
        }

        Assert.Equal(possible, judged);
        Assert.InRange(plain, 1, judged - 5);

        bool IsWanted(SearchHit hit) => hit.Picture.Path.StartsWith(wanted + "/", StringComparison.Ordinal);
    }

    private static async Task<JudgedPage> JudgeAsync(JudgeRoom room, string pictures, string folder, string query, SearchPage page, int top = JudgedSearch.UsualHits)
    {
        await using var collection = await EmbeddedCollection.OpenAsync(
            Path.Combine(folder, "collection"), new CollectionFingerprint("offline", 4, "1"), CollectionAccess.Write, TimeProvider.System, CancellationToken.None);
        var search = new JudgedSearch(room.Judge(), new HitPictureFiles([new QueryLibrary("photos", pictures)], ImageLimits.Default), collection, (_, _) => throw new InvalidOperationException("the query has no picture"));
        return Assert.IsType<JudgedStep.Ended>(await search.JudgeAsync(QueryParser.Parse(query), page, top).LastAsync()).Page;
    }

    private static IEnumerable<int> Nearest(IReadOnlyList<ReadOnlyMemory<float>> vectors, int query, int count) => Enumerable.Range(0, vectors.Count)
        .Where(index => index != query).OrderByDescending(index => TensorPrimitives.Dot(vectors[index].Span, vectors[query].Span)).Take(count);

    private static byte[] Shown(string file) =>
        ShownPicture.Of(File.ReadAllBytes(file), VisionModel.Of(VisionModel.DefaultId), new PictureSize(512, 450), ImageLimits.Default, CancellationToken.None).Content.Data.ToArray();

    private static JudgeVerdict Word(int grade, JudgeDecision decision = JudgeDecision.Keep) => new(decision, grade, "");

    private static SearchPage Page(int hits) => new([.. Enumerable.Range(0, hits).Select(place => Hit(place, $"{place + 1}.jpg"))], false, [], TimeSpan.Zero);

    private static SearchHit Hit(int place, string file) => new()
    {
        Rank = place + 1,
        Score = 0.5,
        Picture = new ImagePayload
        {
            Library = "photos",
            Path = Path.IsPathRooted(file) ? Path.GetRelativePath(CaltechPhotos.Folder, file) : file,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file))),
            Bytes = 1,
            Modified = DateTimeOffset.UnixEpoch,
            Width = 8,
            Height = 8,
            Format = "jpeg",
            Model = "offline",
            IndexedAt = DateTimeOffset.UnixEpoch,
        },
    };
}
