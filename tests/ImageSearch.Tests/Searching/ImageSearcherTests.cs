using ImageSearch.Collections;
using ImageSearch.Searching;
using Xunit;

namespace ImageSearch.Tests.Searching;

public sealed class ImageSearcherTests
{
    private static readonly Dictionary<string, float[]> Words = new()
    {
        ["cat"] = [1, 0, 0],
        ["dog"] = [0, 1, 0],
        ["cat dog"] = [1, 1, 0],
        ["minus cat"] = [-1, 0, 0],
        ["nothing"] = [0, 0, 0],
        ["picture 1"] = [1, 0, 0],
        ["picture 2"] = [0, 1, 0],
    };

    [Fact]
    public async Task The_nearest_by_meaning_come_first_with_their_cosines()
    {
        await using var scene = await SearchScene.CreateAsync(3, Words);
        await scene.AddAsync(SearchScene.Point("b.jpg", [1, 1, 0]), SearchScene.Point("a.jpg", [1, 0, 0]), SearchScene.Point("c.jpg", [-1, 0, 0]));

        var page = await scene.SearchAsync("cat");

        Assert.Equal(["a.jpg", "b.jpg", "c.jpg"], page.Hits.Select(hit => hit.Picture.Path));
        Assert.Equal([1, 2, 3], page.Hits.Select(hit => hit.Rank));
        Assert.Equal([1, Math.Sqrt(0.5), 0], page.Hits.Select(hit => hit.Score!.Value), (expected, actual) => Math.Abs(expected - actual) < 1e-5);
        Assert.False(page.HasMore);
    }

    [Fact]
    public async Task A_picture_found_by_meaning_and_by_words_outranks_one_found_by_meaning_alone_and_says_why()
    {
        await using var scene = await SearchScene.CreateAsync(3, Words);
        await scene.AddAsync(SearchScene.Point("near.jpg", [1, 0, 0]), SearchScene.Point("named.jpg", [1, 0.5f, 0], words: "our cat"));

        var hits = (await scene.SearchAsync("cat")).Hits;

        Assert.Equal(["named.jpg", "near.jpg"], hits.Select(hit => hit.Picture.Path));
        Assert.Collection(
            hits[0].Why,
            why => Assert.Equal((HitSignal.Meaning, 2, 1.0 / 62), (why.Name, why.Rank, why.Contribution)),
            why => Assert.Equal((HitSignal.Words, 1, 1.0 / 61), (why.Name, why.Rank, why.Contribution)));
        Assert.Equal((HitSignal.Meaning, 1, 1.0 / 61), hits[1].Why.Select(why => (why.Name, why.Rank, why.Contribution)).Single());
    }

    [Fact]
    public async Task Weights_and_minuses_move_the_query()
    {
        await using var scene = await SearchScene.CreateAsync(3, Words);
        await scene.AddAsync(SearchScene.Point("cat.gif", [3, 1, 0]), SearchScene.Point("dog.gif", [1, 3, 0]), SearchScene.Point("neither.gif", [1, -2, 0]));

        Assert.Equal(["cat.gif", "dog.gif", "neither.gif"], await scene.PathsAsync("2:cat 1:dog"));
        Assert.Equal(["dog.gif", "cat.gif", "neither.gif"], await scene.PathsAsync("1:cat 2:dog"));
        Assert.Equal(["neither.gif", "cat.gif", "dog.gif"], await scene.PathsAsync("1:cat -0.8:dog"));
    }

    [Fact]
    public async Task A_minus_leaves_out_what_has_the_word_and_moves_away_from_its_meaning()
    {
        await using var scene = await SearchScene.CreateAsync(3, Words);
        await scene.AddAsync(
            SearchScene.Point("both.jpg", [1, 1, 0]), SearchScene.Point("cat.jpg", [1, 0, 0.8f]), SearchScene.Point("named.jpg", [1, 0, 0], words: "dogs"));

        Assert.Equal(["named.jpg", "cat.jpg", "both.jpg"], await scene.PathsAsync("1:cat -0.5:dog"));
        Assert.Equal(["cat.jpg", "both.jpg"], await scene.PathsAsync("cat -dog"));
    }

    [Fact]
    public async Task Exact_text_must_occur_and_costs_no_embedding()
    {
        await using var scene = await SearchScene.CreateAsync(3);
        await scene.AddAsync(
            SearchScene.Point("a.jpg", [1, 0, 0], words: "a golden retriever, and golden hay, and gold"),
            SearchScene.Point("b.jpg", [0, 1, 0], words: "golden retriever"),
            SearchScene.Point("c.jpg", [0, 0, 1], words: "retriever golden"));

        var page = await scene.SearchAsync("\"golden retriever\"");

        Assert.Equal(["b.jpg", "a.jpg"], page.Hits.Select(hit => hit.Picture.Path));
        Assert.Equal(1, page.Hits[0].Score);
        Assert.InRange(page.Hits[1].Score!.Value, 0.01, 0.99);
        Assert.Empty(scene.Embeddings.Embedded);
    }

    [Fact]
    public async Task A_text_is_embedded_once_however_often_it_is_asked_for()
    {
        await using var scene = await SearchScene.CreateAsync(3, Words);
        await scene.AddAsync(SearchScene.Point("a.jpg", [1, 0, 0]));

        _ = await scene.SearchAsync("cat");
        _ = await scene.SearchAsync("cat type:jpg", offset: 5);
        _ = await scene.SearchAsync("2:cat -dog");

        Assert.Equal(["cat", "dog"], scene.Embeddings.Embedded);
    }

    [Fact]
    public async Task Copies_are_one_hit_that_lists_the_other_paths_even_those_that_do_not_pass_the_filter()
    {
        await using var scene = await SearchScene.CreateAsync(3, Words);
        await scene.AddAsync(
            SearchScene.Point("in/a.jpg", [1, 0.1f, 0], content: "same"),
            SearchScene.Point("in/b.jpg", [1, 0, 0], content: "same"),
            SearchScene.Point("out/c.jpg", [0, 0, 1], content: "same"),
            SearchScene.Point("d.jpg", [1, 1, 1], content: "same", library: "backup"),
            SearchScene.Point("in/other.jpg", [0, 1, 0]));

        var hits = (await scene.SearchAsync("cat folder:in")).Hits;

        Assert.Equal(["in/b.jpg", "in/other.jpg"], hits.Select(hit => hit.Picture.Path));
        Assert.Equal([new PicturePath("backup", "d.jpg"), new("home", "in/a.jpg"), new("home", "out/c.jpg")], hits[0].OtherPaths);
        Assert.Empty(hits[1].OtherPaths);
    }

    [Fact]
    public async Task A_least_score_holds_for_hits_by_words_too()
    {
        await using var scene = await SearchScene.CreateAsync(3, Words);
        await scene.AddAsync(
            SearchScene.Point("near.jpg", [1, 0, 0]), SearchScene.Point("named.jpg", [1, 1, 0], words: "cat"), SearchScene.Point("far.jpg", [0, 1, 0], words: "cat"));

        Assert.Equal(["near.jpg", "named.jpg"], (await scene.PathsAsync("cat", minScore: 0.7)).Order().Reverse());
        Assert.Equal(["near.jpg"], await scene.PathsAsync("cat", minScore: 0.71));
    }

    [Fact]
    public async Task Pages_follow_on_from_each_other_however_deep()
    {
        var random = new Random(7);
        await using var scene = await SearchScene.CreateAsync(3, Words);
        await scene.AddAsync([.. Enumerable.Range(0, 700).Select(number => SearchScene.Point(
            $"{number}.jpg",
            [random.NextSingle(), random.NextSingle(), random.NextSingle()],
            words: random.Next(3) == 0 ? "cat" + string.Concat(Enumerable.Repeat(" hat", random.Next(20))) : "hat",
            content: $"{number / 2}"))]);

        var whole = await scene.PathsAsync("cat", limit: 1000);
        var paged = new List<string>();
        SearchPage page;
        do
        {
            page = await scene.SearchAsync("cat", limit: 23, offset: paged.Count);
            Assert.Equal(paged.Count + 1, page.Hits[0].Rank);
            paged.AddRange(page.Hits.Select(hit => hit.Picture.Path));
        }
        while (page.HasMore);

        Assert.Equal(350, whole.Count);
        Assert.Equal(whole, paged);
    }

    [Fact]
    public async Task A_query_of_filters_alone_lists_the_newest_first_and_what_has_no_time_last()
    {
        await using var scene = await SearchScene.CreateAsync(3);
        await scene.AddAsync(
            SearchScene.Point("old.jpg", [1, 0, 0], taken: new DateTime(2001, 1, 1)),
            SearchScene.Point("none.jpg", [1, 0, 0]),
            SearchScene.Point("new.jpg", [1, 0, 0], taken: new DateTime(2024, 1, 1), content: "new"),
            SearchScene.Point("copy.jpg", [1, 0, 0], taken: new DateTime(2023, 1, 1), content: "new"),
            SearchScene.Point("new.png", [1, 0, 0], taken: new DateTime(2025, 1, 1), format: "png"));

        var first = await scene.SearchAsync("type:jpg", limit: 2);

        Assert.Equal(["new.jpg", "old.jpg"], first.Hits.Select(hit => hit.Picture.Path));
        Assert.Equal([new PicturePath("home", "copy.jpg")], first.Hits[0].OtherPaths);
        Assert.All(first.Hits, hit => Assert.Null(hit.Score));
        Assert.True(first.HasMore);
        Assert.Equal(["none.jpg"], await scene.PathsAsync("type:jpg", limit: 2, offset: 2));
        Assert.Equal(["old.jpg", "copy.jpg", "none.jpg"], await scene.PathsAsync("type:jpg sort:date-asc"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("type:jpeg sort:date-asc")]
    public async Task Pages_of_a_list_follow_on_from_each_other_with_the_bytes_of_many_copies_once(string query)
    {
        await using var scene = await SearchScene.CreateAsync(2);
        DateTime At(int minute) => new DateTime(2020, 1, 1).AddMinutes(minute);
        await scene.AddAsync(
        [
            .. Enumerable.Range(0, 30).Select(number => SearchScene.Point($"old {number}.jpg", [1, 0], content: "old", taken: At(number))),
            .. Enumerable.Range(0, 7).Select(number => SearchScene.Point($"single {number}.jpg", [1, 0], taken: At(40 + number))),
            .. Enumerable.Range(0, 30).Select(number => SearchScene.Point($"new {number}.jpg", [1, 0], content: "new", taken: At(50 + number))),
        ]);
        string[] singles = [.. Enumerable.Range(0, 7).Select(number => $"single {number}.jpg")];
        string[] expected = query.Length == 0 ? ["new 29.jpg", .. singles.Reverse(), "old 29.jpg"] : ["old 0.jpg", .. singles, "new 0.jpg"];

        var pages = new List<SearchPage>();
        do
        {
            pages.Add(await scene.SearchAsync(query, limit: 2, offset: 2 * pages.Count));
        }
        while (pages[^1].HasMore);

        Assert.Equal(expected, pages.SelectMany(page => page.Hits).Select(hit => hit.Picture.Path));
        Assert.Equal(5, pages.Count);
        Assert.Equal(29, pages[0].Hits[0].OtherPaths.Count);
    }

    [Fact]
    public async Task Sorting_by_date_orders_the_most_relevant()
    {
        await using var scene = await SearchScene.CreateAsync(3, Words);
        await scene.AddAsync([.. Enumerable.Range(0, 150).Select(number => SearchScene.Point(
            $"{number}.jpg", [150 - number, number, 0], taken: number == 3 ? null : new DateTime(2000, 1, 1).AddDays(number)))]);

        var newest = await scene.SearchAsync("cat sort:date", limit: 2);

        Assert.Equal(["99.jpg", "98.jpg"], newest.Hits.Select(hit => hit.Picture.Path));
        Assert.True(newest.HasMore);
        Assert.Contains(newest.Notes, note => note.Contains("100 most relevant", StringComparison.Ordinal));
        Assert.Equal(["0.jpg", "3.jpg"], new[] { (await scene.PathsAsync("cat sort:date", 2, 98))[0], (await scene.PathsAsync("cat sort:date", 2, 98))[1] });
        Assert.Equal(["0.jpg", "1.jpg", "2.jpg", "4.jpg"], await scene.PathsAsync("cat sort:date-asc", limit: 4));
        Assert.Empty(await scene.PathsAsync("cat sort:date", offset: 100));
    }

    [Fact]
    public async Task Parts_that_cancel_out_and_queries_of_minuses_alone_are_refused_with_the_cure()
    {
        await using var scene = await SearchScene.CreateAsync(3, Words);

        var cancelled = await Assert.ThrowsAsync<QueryException>(() => scene.SearchAsync("cat 1:\"minus cat\""));
        var negative = await Assert.ThrowsAsync<QueryException>(() => scene.SearchAsync("-0.5:cat"));

        Assert.Contains("cancel each other out", cancelled.Message, StringComparison.Ordinal);
        Assert.Contains("Add words", negative.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_the_embedder_knows_nothing_of_are_still_ranked_by()
    {
        await using var scene = await SearchScene.CreateAsync(3, Words);
        await scene.AddAsync(SearchScene.Point("a.jpg", [1, 0, 0], words: "cat"), SearchScene.Point("b.jpg", [1, 0, 0], words: "much ado about nothing"));

        var page = await scene.SearchAsync("nothing");

        Assert.Equal(["b.jpg"], page.Hits.Select(hit => hit.Picture.Path));
        Assert.Contains(page.Notes, note => note.Contains("knows none of these words", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_embedder_of_another_dimension_is_refused_as_not_the_one_that_made_the_collection()
    {
        await using var scene = await SearchScene.CreateAsync(4, Words);

        var exception = await Assert.ThrowsAsync<CollectionException>(() => scene.SearchAsync("cat"));

        Assert.Equal(CollectionFault.FingerprintMismatch, exception.Fault);
    }

    [Theory]
    [InlineData(0, 0, null, "The limit is 0")]
    [InlineData(100_001, 0, null, "The limit is 100001")]
    [InlineData(10, -1, null, "The offset is -1")]
    [InlineData(10, 0, double.NaN, "The least score is NaN")]
    [InlineData(10, 0, 1.5, "The least score is 1.5")]
    public async Task A_page_out_of_range_is_refused_with_the_value(int limit, int offset, double? minScore, string problem)
    {
        await using var scene = await SearchScene.CreateAsync(3, Words);

        var exception = await Assert.ThrowsAsync<QueryException>(() => scene.SearchAsync("cat", limit, offset, minScore));

        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }
}
