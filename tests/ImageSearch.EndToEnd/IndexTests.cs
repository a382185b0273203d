using System.Text.Json;
using Xunit;

namespace ImageSearch.EndToEnd;

public sealed class IndexTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task A_first_run_indexes_and_a_second_one_finds_everything_unchanged()
    {
        _workplace.AddPictures();

        var first = await _workplace.RunAsync("index", "pictures", "--output", "json");
        var second = await _workplace.RunAsync("index", "--output", "json");

        Assert.Equal(0, first.ExitCode);
        Assert.Equal((4, 4), (Number(first, "new"), Number(first, "embedded")));
        Assert.Equal(0, second.ExitCode);
        Assert.Equal((4, 0), (Number(second, "unchanged"), Number(second, "embedded")));
    }

    [Fact]
    public async Task In_a_pipe_a_run_prints_its_final_line_alone()
    {
        _workplace.AddPictures();

        var run = await _workplace.RunAsync("index", "pictures");

        Assert.Empty(run.Error);
        Assert.Matches(@"^pictures: 4 files in \d+(\.\d)? s: 4 new\n$", run.Out);
    }

    [Fact]
    public async Task A_broken_file_is_listed_and_the_run_ends_with_3()
    {
        _workplace.AddPictures();
        File.WriteAllText(_workplace.PictureAt("broken.png"), "\x89PNG\r\n\x1a\nnot much of a picture");

        var run = await _workplace.RunAsync("index", "pictures");
        var status = await _workplace.RunAsync("status", "--failed", "--output", "csv");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("1 file failed; `imagesearch status --failed` says why.\n", run.Error);
        Assert.Equal(0, status.ExitCode);
        Assert.StartsWith("file,reason,message\r\n~/pictures/broken.png,", _workplace.Normalise(status.Out), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_takes_up_what_failed_once_it_is_whole()
    {
        _workplace.AddPictures();
        var path = _workplace.PictureAt("late.png");
        File.WriteAllText(path, "nothing yet");
        await _workplace.RunAsync("index", "pictures");
        PngPicture.Write(path, 10, 200, 10);

        var run = await _workplace.RunAsync("retry", "--output", "json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal((1, 0), (Number(run, "new"), Number(run, "failed")));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_done_and_leaves_nothing_behind()
    {
        _workplace.AddPictures();

        var run = await _workplace.RunAsync("index", "pictures", "--dry-run");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^pictures: 4 files: 4 new\na run would read 27.5 KB and embed 4 pictures\n$", run.Out);
        Assert.False(Directory.Exists(_workplace.Home));
    }

    [Fact]
    public async Task A_dry_run_counts_no_call_for_what_is_cached()
    {
        _workplace.AddPictures();
        await _workplace.RunAsync("index", "pictures");
        PngPicture.Write(_workplace.PictureAt("late.png"), 1, 200, 100);

        var other = await _workplace.RunAsync("index", "pictures", "--collection", "other", "--dry-run", "--output", "json");
        var collections = await _workplace.RunAsync("collection", "list", "--output", "csv");

        Assert.Equal((5, 1), (Number(other, "new"), Number(other, "calls")));
        Assert.Single(collections.OutLines.Skip(1));
    }

    [Fact]
    public async Task Status_accounts_for_every_file()
    {
        _workplace.AddPictures();
        File.WriteAllText(_workplace.PictureAt("notes.txt"), "no picture");
        File.WriteAllText(_workplace.PictureAt("broken.jpg"), "no picture either, whatever its name says");
        await _workplace.RunAsync("index", "pictures");

        var run = await _workplace.RunAsync("status", "--output", "json");

        using var json = JsonDocument.Parse(run.Out);
        var library = json.RootElement[0];
        Assert.Equal("pictures", library.GetProperty("library").GetString());
        var counts = new[] { "indexed", "skipped", "failed", "pending" }.Select(name => library.GetProperty(name).GetInt64());
        Assert.Equal([4, 1, 1, 0], counts);
    }

    [Fact]
    public async Task Forgetting_a_library_needs_a_confirmation_and_leaves_the_files()
    {
        _workplace.AddPictures();
        await _workplace.RunAsync("index", "pictures");

        var unconfirmed = await _workplace.RunAsync("forget", "pictures");
        var confirmed = await _workplace.RunAsync("forget", "pictures", "--yes");
        var search = await _workplace.RunAsync("search", "--output", "paths");

        Assert.Equal(2, unconfirmed.ExitCode);
        Assert.Contains("Add --yes.", unconfirmed.Error, StringComparison.Ordinal);
        Assert.Equal(0, confirmed.ExitCode);
        Assert.Equal("library pictures: 4 pictures forgotten\n", confirmed.Out);
        Assert.Empty(search.Out);
        Assert.True(File.Exists(_workplace.PictureAt("red-flower.png")));
    }

    [Fact]
    public async Task Forgetting_a_folder_keeps_the_rest_of_the_library()
    {
        _workplace.AddPictures();
        await _workplace.RunAsync("index", "pictures");

        var run = await _workplace.RunAsync("forget", "pictures/sea", "--yes");
        var search = await _workplace.RunAsync("search", "--output", "paths");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("pictures/sea: 1 picture forgotten\n", run.Out);
        Assert.Equal(3, search.OutLines.Count);
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_an_error_with_a_cure()
    {
        var run = await _workplace.RunAsync("index", "nowhere");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("error: The folder ~/nowhere does not exist. Check the path, and that its disk is mounted.\n", _workplace.Normalise(run.Error));
    }

    [Fact]
    public async Task Without_any_library_there_is_nothing_to_index()
    {
        var run = await _workplace.RunAsync("index");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("error: No library is known yet. Give a folder: imagesearch index DIR\n", run.Error);
    }

    [Fact]
    public async Task Several_collections_are_indexed_in_one_run_and_the_second_embeds_nothing()
    {
        _workplace.AddPictures();

        var run = await _workplace.RunAsync("index", "pictures", "--collection", "one", "--collection", "two", "--output", "jsonl");
        var collections = await _workplace.RunAsync("collection", "list", "--output", "csv");

        Assert.Equal(0, run.ExitCode);
        var embedded = run.OutLines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("embedded").GetInt64());
        Assert.Equal([4, 0], embedded);
        Assert.Equal(["one", "two"], collections.OutLines.Skip(1).Select(line => line.Split(',')[0]));
    }

    private static long Number(ProgramRun run, string name)
    {
        using var json = JsonDocument.Parse(run.Out);
        return json.RootElement[0].GetProperty(name).GetInt64();
    }
}
