using System.Text.Json;
using ImageSearch.Collections;
using Xunit;

namespace ImageSearch.EndToEnd;

public sealed class SearchTests : IAsyncLifetime, IDisposable
{
    private readonly Workplace _workplace = new();

    public async Task InitializeAsync()
    {
        _workplace.AddPictures();
        var run = await _workplace.RunAsync("index", "pictures");
        Assert.Equal(0, run.ExitCode);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("search-table", "search", "type:png")]
    [InlineData("search-explain", "search", "red", "flower", "--explain", "--limit", "1")]
    [InlineData("search-json", "search", "blue", "sea", "--limit", "1", "--output", "json")]
    [InlineData("search-jsonl", "search", "blue", "sea", "--limit", "1", "--output", "jsonl")]
    [InlineData("search-csv", "search", "type:png", "--sort", "date-asc", "--output", "csv")]
    [InlineData("search-paths", "search", "after:2024-05-02", "--output", "paths")]
    public async Task Output_is_as_agreed(string snapshot, params string[] arguments)
    {
        var run = await _workplace.RunAsync(arguments);

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Snapshot.AssertMatches(snapshot, Measured.Replaced(_workplace.Normalise(run.Out)));
    }

    [Fact]
    public async Task Words_find_the_picture_that_carries_them_first()
    {
        var run = await _workplace.RunAsync("search", "red", "flower", "--output", "paths");

        Assert.Equal("~/pictures/red-flower.png", _workplace.Normalise(run.OutLines[0]));
    }

    [Fact]
    public async Task Similar_finds_what_looks_alike_and_leaves_the_picture_itself_out()
    {
        PngPicture.Write(_workplace.PictureAt("poppy.png"), 200, 25, 45);
        await _workplace.RunAsync("index");

        var run = await _workplace.RunAsync("similar", "pictures/red-flower.png", "--output", "paths");

        Assert.Equal("~/pictures/poppy.png", _workplace.Normalise(run.OutLines[0]));
        Assert.Equal(4, run.OutLines.Count);
        Assert.DoesNotContain("red-flower", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paths_ended_by_nul_survive_a_line_break_in_a_name()
    {
        PngPicture.Write(_workplace.PictureAt("two\nlines.png"), 9, 9, 9);
        await _workplace.RunAsync("index");

        var run = await _workplace.RunAsync("search", "lines", "--limit", "1", "-0");

        Assert.Equal("~/pictures/two\nlines.png\0", _workplace.Normalise(run.Out));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("jsonl")]
    public async Task Names_cannot_break_a_line_or_turn_the_direction_of_text(string format)
    {
        PngPicture.Write(_workplace.PictureAt("evil\u202Egnp\u001B[31m\n,\".png"), 9, 9, 9);
        await _workplace.RunAsync("index");

        var run = await _workplace.RunAsync("search", "evil*", "path:evil*", "--limit", "1", "--output", format);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("evil\\u202Egnp\\u001B[31m\\n", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', run.Out);
        Assert.DoesNotContain('\u001B', run.Out);
    }

    [Fact]
    public async Task Names_of_all_scripts_are_kept_as_they_are()
    {
        PngPicture.Write(_workplace.PictureAt("Füße 日本 🌷.png"), 9, 9, 9);
        await _workplace.RunAsync("index");

        var run = await _workplace.RunAsync("search", "日本", "--limit", "1", "--output", "jsonl");

        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal("Füße 日本 🌷.png", json.RootElement.GetProperty("path").GetString());
        Assert.Contains("Füße 日本", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Equal_files_are_one_hit_with_all_their_paths()
    {
        File.Copy(_workplace.PictureAt("red-flower.png"), _workplace.PictureAt("sea/copy.png"));
        await _workplace.RunAsync("index");

        var run = await _workplace.RunAsync("search", "red", "flower", "--limit", "1", "--output", "jsonl");

        using var json = JsonDocument.Parse(run.Out);
        var others = json.RootElement.GetProperty("otherFiles").EnumerateArray().Select(file => _workplace.Normalise(file.GetString()!));
        Assert.Equal(["~/pictures/sea/copy.png"], others);
    }

    [Fact]
    public async Task An_option_filters_as_the_query_language_does()
    {
        var option = await _workplace.RunAsync("search", "--folder", "sea", "--type", "png,jpeg", "--output", "paths");
        var query = await _workplace.RunAsync("search", "folder:sea type:png,jpeg", "--output", "paths");

        Assert.Equal(["~/pictures/sea/blue-sea.png"], option.OutLines.Select(_workplace.Normalise));
        Assert.Equal(query.Out, option.Out);
    }

    [Fact]
    public async Task A_group_is_one_hit_that_says_how_many_more_it_has()
    {
        var table = await _workplace.RunAsync("search", "red", "flower", "--group", "camera", "--sort", "diverse");
        var lines = await _workplace.RunAsync("search", "red", "flower", "group:folder", "--output", "jsonl");

        Assert.Contains("+ 3 more\n", table.Out, StringComparison.Ordinal);
        var groups = lines.OutLines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("group"))
            .Select(group => (group.GetProperty("name").GetString(), group.GetProperty("more").GetInt32()));
        Assert.Equal([("pictures", 1), ("pictures/night", 0), ("pictures/sea", 0)], groups.Order());
    }

    [Fact]
    public async Task A_page_goes_on_where_the_one_before_ended()
    {
        var all = await _workplace.RunAsync("search", "picture", "--output", "paths");
        var first = await _workplace.RunAsync("search", "picture", "--output", "paths", "--limit", "3");
        var second = await _workplace.RunAsync("search", "picture", "--output", "paths", "--limit", "3", "--offset", "3");

        Assert.Equal(4, all.OutLines.Count);
        Assert.Equal(all.Out, first.Out + second.Out);
    }

    [Theory]
    [InlineData("There is no filter 'foldr:'. In 'foldr:sea' at character 1. Did you mean 'folder:'?", "search", "foldr:sea")]
    [InlineData("`imagesearch search` knows no option \"--limt\". Did you mean --limit?", "search", "red", "--limt", "3")]
    [InlineData("There is no picture 'nowhere.png'.", "similar", "nowhere.png")]
    public async Task A_question_that_makes_no_sense_is_a_usage_error(string message, params string[] arguments)
    {
        var run = await _workplace.RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task A_search_without_a_collection_says_how_to_make_one()
    {
        var run = await _workplace.RunAsync("search", "red", "--home", "empty");

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("Index something into it first.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_of_another_model_is_refused_and_named()
    {
        var folder = Path.Combine(_workplace.Home, "collections", "foreign");
        var foreign = await EmbeddedCollection.OpenAsync(folder, new CollectionFingerprint("other-7", 8, "1"), CollectionAccess.Write, TimeProvider.System, CancellationToken.None);
        await foreign.DisposeAsync();

        var search = await _workplace.RunAsync("search", "red", "--collection", "foreign");
        var list = await _workplace.RunAsync("collection", "list", "--output", "csv");

        Assert.Equal(5, search.ExitCode);
        Assert.Contains("other-7, 8 dimensions", search.Error, StringComparison.Ordinal);
        Assert.StartsWith("foreign,0,", list.OutLines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thumbnails_are_drawn_by_the_protocol_that_is_asked_for()
    {
        var kitty = await _workplace.RunAsync("search", "red", "--limit", "1", "--thumbnails", "kitty");
        var sixel = await _workplace.RunAsync("search", "red", "--limit", "1", "--thumbnails", "sixel");
        var none = await _workplace.RunAsync("search", "red", "--limit", "1", "--thumbnails", "auto");

        Assert.Contains("\u001B_Ga=T,q=2,f=24,o=z,s=48,v=48,m=", kitty.Out, StringComparison.Ordinal);
        Assert.Contains("\u001BP0;1;0q\"1;1;48;48", sixel.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001B', none.Out);
    }

    [Fact]
    public async Task Labelled_answers_are_counted()
    {
        var labels = Path.Combine(_workplace.Folder, "labels.tsv");
        File.WriteAllText(labels, "# two queries\nred flower\tred-flower.png\nblue sea\tsea/blue-sea.png\tnowhere.png\n");

        var run = await _workplace.RunAsync("eval", "labels.tsv");

        Assert.Equal(0, run.ExitCode);
        Snapshot.AssertMatches("eval", run.Out);
    }
}
