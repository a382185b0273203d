using Xunit;

namespace ImageSearch.Tests.Searching;

public sealed class SearchNotesTests
{
    private static readonly Dictionary<string, float[]> Words = new() { ["cat"] = [1, 0], ["picture 1"] = [1, 0] };

    [Fact]
    public async Task An_empty_collection_is_said_to_be_empty()
    {
        await using var scene = await SearchScene.CreateAsync(2, Words);

        Assert.Equal(["The collection is empty: index a folder first."], (await scene.SearchAsync("cat")).Notes);
    }

    [Theory]
    [InlineData("cat type:png", null, "No picture matches the filters (1 in the collection).")]
    [InlineData("type:png", null, "No picture matches the filters (1 in the collection).")]
    [InlineData("cat", 0.9, "No picture reaches a score of 0.9; lower it to see the nearest.")]
    public async Task An_answer_without_hits_says_why(string text, double? minScore, string note)
    {
        await using var scene = await SearchScene.CreateAsync(2, Words);
        await scene.AddAsync(SearchScene.Point("a.jpg", [1, 1]));

        Assert.Equal([note], (await scene.SearchAsync(text, minScore: minScore)).Notes);
    }

    [Fact]
    public async Task A_page_after_the_last_says_only_that_there_is_no_more()
    {
        await using var scene = await SearchScene.CreateAsync(2, Words);
        await scene.AddAsync(SearchScene.Point("a.jpg", [1, 1]));

        var page = await scene.SearchAsync("cat", offset: 10);

        Assert.Empty(page.Hits);
        Assert.Empty(page.Notes);
    }

    [Fact]
    public async Task The_offline_embedder_is_told_apart_from_a_model_when_words_are_asked_for()
    {
        await using var scene = await SearchScene.CreateAsync(2, Words, provider: "offline");
        await scene.AddAsync(SearchScene.Point("a.jpg", [1, 1]));
        _ = await scene.WriteAsync("query.gif", SearchScene.Picture(1));

        Assert.Contains((await scene.SearchAsync("cat")).Notes, note => note.Contains("does not recognise objects", StringComparison.Ordinal));
        Assert.Empty((await scene.SearchAsync("like:query.gif")).Notes);
        Assert.Empty((await scene.SearchAsync("type:jpg")).Notes);
    }
}
