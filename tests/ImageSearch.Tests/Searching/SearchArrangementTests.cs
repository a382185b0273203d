using ImageSearch.Searching;
using Xunit;

namespace ImageSearch.Tests.Searching;

/// <summary>Examples, diversity and groups: the same on every kind of collection.</summary>
public sealed class SearchArrangementTests
{
    private static readonly Dictionary<string, float[]> Vectors = new()
    {
        ["sea"] = [1, 0, 0, 0],
        ["picture 1"] = [1, 0, 0, 0],
        ["picture 2"] = [0, 1, 0, 0],
        ["picture 3"] = [0, 0, 1, 0],
    };

    public static TheoryData<CollectionKind> Kinds => [.. Enum.GetValues<CollectionKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Pictures_are_recommended_by_examples_for_and_against_none_of_which_is_a_hit(CollectionKind kind)
    {
        await using var scene = await SearchScene.CreateAsync(kind, 4, Vectors);
        foreach (var (path, number) in new[] { ("a.gif", (byte)1), ("b.gif", (byte)2), ("c.gif", (byte)3) })
        {
            _ = await scene.WriteAsync(path, SearchScene.Picture(number));
        }

        await scene.AddAsync(
            SearchScene.Point("a.gif", [1, 0, 0, 0]),
            SearchScene.Point("b.gif", [0, 1, 0, 0]),
            SearchScene.Point("c.gif", [0, 0, 1, 0]),
            SearchScene.Point("both.gif", [1, 1, 0, 0]),
            SearchScene.Point("first.gif", [4, 1, 0, 0]),
            SearchScene.Point("second.gif", [1, 4, 0, 0]),
            SearchScene.Point("disliked.gif", [1, 1, 2, 0]));

        Assert.Equal(["both.gif", "first.gif", "second.gif", "disliked.gif"], Ordered(await scene.PathsAsync("like:a.gif like:b.gif -like:c.gif"), "first.gif", "second.gif"));
        Assert.Equal(["first.gif", "both.gif", "second.gif", "disliked.gif"], await scene.PathsAsync("2:like:a.gif 0.5:like:b.gif -0.5:like:c.gif"));
        Assert.Equal(["disliked.gif", "first.gif", "both.gif", "second.gif"], await scene.PathsAsync("like:a.gif -0.5:like:b.gif 2:like:c.gif"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Diverse_hits_are_each_unlike_those_before_and_the_best_stays_first(CollectionKind kind)
    {
        await using var scene = await SearchScene.CreateAsync(kind, 4, Vectors);
        await scene.AddAsync(
            SearchScene.Point("best.jpg", [1, 0.1f, 0, 0]),
            SearchScene.Point("twin.jpg", [1, 0.2f, 0, 0]),
            SearchScene.Point("cousin.jpg", [1, 0.5f, 0, 0]),
            SearchScene.Point("other.jpg", [1, 0, 2, 0]),
            SearchScene.Point("stranger.jpg", [1, 0, 0, 3]));

        Assert.Equal(["best.jpg", "twin.jpg", "cousin.jpg", "other.jpg", "stranger.jpg"], await scene.PathsAsync("sea"));
        Assert.Equal(["best.jpg", "stranger.jpg", "other.jpg", "cousin.jpg", "twin.jpg"], await scene.PathsAsync("sea sort:diverse"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Pages_of_diverse_hits_follow_on_from_each_other_and_end_with_the_plain_order(CollectionKind kind)
    {
        await using var scene = await SearchScene.CreateAsync(kind, 4, Vectors);
        var random = new Random(11);
        await scene.AddAsync([.. Enumerable.Range(0, 150).Select(number =>
            SearchScene.Point($"{number}.jpg", [1, random.NextSingle(), random.NextSingle(), random.NextSingle()]))]);

        var plain = await scene.PathsAsync("sea", limit: 150);
        var paged = new List<string>();
        SearchPage page;
        do
        {
            page = await scene.SearchAsync("sea sort:diverse", limit: 20, offset: paged.Count);
            Assert.Equal(paged.Count + 1, page.Hits[0].Rank);
            paged.AddRange(page.Hits.Select(hit => hit.Picture.Path));
        }
        while (page.HasMore);

        Assert.Equal(plain.Skip(100), paged.Skip(100));
        Assert.Equal(plain.Take(100).Order(), paged.Take(100).Order());
        Assert.NotEqual(plain.Take(100), paged.Take(100));
        Assert.Equal(plain[0], paged[0]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_group_is_its_best_hits_which_say_how_many_more_it_has(CollectionKind kind)
    {
        await using var scene = await SearchScene.CreateAsync(kind, 4, Vectors);
        await scene.AddAsync(
            SearchScene.Point("rome/a.jpg", [1, 0, 0, 0], taken: new DateTime(2024, 5, 1, 9, 0, 0)),
            SearchScene.Point("rome/b.jpg", [1, 0.1f, 0, 0], taken: new DateTime(2024, 5, 2)),
            SearchScene.Point("rome/c.jpg", [1, 0.2f, 0, 0], taken: new DateTime(2024, 5, 1, 23, 0, 0)),
            SearchScene.Point("rome/old/d.jpg", [1, 0.3f, 0, 0]),
            SearchScene.Point("rome/e.jpg", [1, 0.4f, 0, 0], library: "backup"),
            SearchScene.Point("f.jpg", [1, 0.5f, 0, 0], taken: new DateTime(2024, 5, 1)));

        Assert.Equal(
            [("rome/a.jpg", new("home/rome", 2)), ("rome/old/d.jpg", new("home/rome/old", 0)), ("rome/e.jpg", new("backup/rome", 0)), ("f.jpg", new("home", 0))],
            await GroupsAsync(scene, "sea group:folder"));
        Assert.Equal(
            [("rome/a.jpg", new("2024-05-01", 1)), ("rome/b.jpg", new("2024-05-02", 0)), ("rome/c.jpg", new("2024-05-01", 1)), ("rome/old/d.jpg", new("", 0)), ("rome/e.jpg", new("", 0))],
            await GroupsAsync(scene, "sea group:day,2"));
        Assert.Equal([("rome/a.jpg", new("", 5))], await GroupsAsync(scene, "sea group:camera"));
        Assert.All((await scene.SearchAsync("sea")).Hits, hit => Assert.Null(hit.Group));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Groups_keep_their_most_relevant_hits_in_every_order_and_a_list_its_newest(CollectionKind kind)
    {
        await using var scene = await SearchScene.CreateAsync(kind, 4, Vectors);
        await scene.AddAsync(
            SearchScene.Point("a/1.jpg", [1, 0, 0, 0], taken: new DateTime(2020, 1, 1)),
            SearchScene.Point("a/2.jpg", [1, 1, 0, 0], taken: new DateTime(2024, 1, 1)),
            SearchScene.Point("b/3.jpg", [1, 2, 0, 0], taken: new DateTime(2022, 1, 1)),
            SearchScene.Point("b/4.jpg", [1, 3, 0, 0], taken: new DateTime(2023, 1, 1), content: "same"),
            SearchScene.Point("c/5.jpg", [1, 4, 0, 0], taken: new DateTime(2021, 1, 1), content: "same"));

        Assert.Equal(["b/3.jpg", "a/1.jpg"], await scene.PathsAsync("sea group:folder sort:date"));
        Assert.Equal(["a/1.jpg", "b/3.jpg"], await scene.PathsAsync("sea group:folder sort:diverse"));
        Assert.Equal(["a/2.jpg", "b/4.jpg"], await scene.PathsAsync("group:folder"));
        Assert.Equal(["a/1.jpg", "c/5.jpg"], await scene.PathsAsync("group:folder sort:date-asc", limit: 2));
    }

    [Fact]
    public async Task Pages_of_groups_follow_on_from_each_other_and_say_what_was_too_far_down()
    {
        await using var scene = await SearchScene.CreateAsync(4, Vectors);
        await scene.AddAsync([.. Enumerable.Range(0, 1_100).Select(number => SearchScene.Point($"{number % 30}/{number}.jpg", [1_100 - number, number, 0, 0]))]);

        var whole = await scene.SearchAsync("sea group:folder", limit: 50);
        var first = await scene.SearchAsync("sea group:folder", limit: 20);
        var second = await scene.SearchAsync("sea group:folder", limit: 20, offset: 20);

        Assert.Equal(Enumerable.Range(0, 30).Select(number => $"{number}/{number}.jpg"), whole.Hits.Select(hit => hit.Picture.Path));
        Assert.Equal(whole.Hits.Select(hit => (hit.Rank, hit.Group)), first.Hits.Concat(second.Hits).Select(hit => (hit.Rank, hit.Group)));
        Assert.Equal((true, false), (first.HasMore, second.HasMore));
        Assert.Equal(1_000, whole.Hits.Sum(hit => 1 + hit.Group!.More));
        Assert.Contains(whole.Notes, note => note.Contains("1000 best pictures; those farther down", StringComparison.Ordinal));
        Assert.Empty((await scene.SearchAsync("sea group:folder path:1?/*")).Notes);
    }

    [Fact]
    public async Task Groups_of_no_hits_are_refused()
    {
        await using var scene = await SearchScene.CreateAsync(4, Vectors);

        var exception = await Assert.ThrowsAsync<QueryException>(() => scene.Searcher.SearchAsync(new SearchQuery { Grouping = new HitGrouping(GroupField.Day, 0) }));

        Assert.Contains("0 hits of each group", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<(string Path, HitGroup? Group)>> GroupsAsync(SearchScene scene, string text) =>
        (await scene.SearchAsync(text)).Hits.Select(hit => (hit.Picture.Path, hit.Group));

    /// <summary>The paths with two of equal score put in this order, wherever they stand.</summary>
    private static IEnumerable<string> Ordered(IReadOnlyList<string> paths, string first, string second)
    {
        var seen = 0;
        return [.. paths.Select(path => path == first || path == second ? (seen++ == 0 ? first : second) : path)];
    }
}
