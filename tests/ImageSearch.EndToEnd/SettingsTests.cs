using Xunit;

namespace ImageSearch.EndToEnd;

public sealed class SettingsTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Without_any_setting_every_value_is_a_default_but_home()
    {
        var run = await _workplace.RunAsync("config", "show", "--output", "jsonl");

        Assert.Equal(0, run.ExitCode);
        Snapshot.AssertMatches("config-show", _workplace.Normalise(run.Out));
    }

    [Fact]
    public async Task A_flag_wins_over_the_environment_over_the_local_file_over_the_home_file()
    {
        Directory.CreateDirectory(_workplace.Home);
        File.WriteAllText(Path.Combine(_workplace.Home, "imagesearch.json"), """{ "Searching": { "Limit": 2, "MinScore": 0.2 }, "Collection": { "Name": "c2" }, "Output": { "Thumbnails": "sixel" } }""");
        File.WriteAllText(Path.Combine(_workplace.Folder, "imagesearch.json"), """{ "Searching": { "Limit": 3, "MinScore": 0.3 }, "Collection": { "Name": "c3" } }""");
        _workplace.Environment["IMAGESEARCH__Searching__Limit"] = "4";
        _workplace.Environment["IMAGESEARCH__OUTPUT__FORMAT"] = "json";
        _workplace.Environment["IMAGESEARCH__Searching__MinScore"] = "0.4";

        var run = await _workplace.RunAsync("config", "show", "--output", "csv");

        var lines = _workplace.Normalise(run.Out).Split("\r\n");
        Assert.Contains("Output:Format,csv,flag --output", lines);
        Assert.Contains("Searching:Limit,4,environment IMAGESEARCH__Searching__Limit", lines);
        Assert.Contains("Searching:MinScore,0.4,environment IMAGESEARCH__Searching__MinScore", lines);
        Assert.Contains("Collection:Name,c3,~/imagesearch.json", lines);
        Assert.Contains("Output:Thumbnails,sixel,~/home/imagesearch.json", lines);
        Assert.Contains("Imaging:MaxSide,65535,default", lines);
    }

    [Theory]
    [InlineData("""{ "Serching": { "Limit": 3 } }""", "there is no setting \"Serching:Limit\" (value \"3\"). Allowed are Home, ")]
    [InlineData("""{ "Searching": { "Limit": "many" } }""", "Searching:Limit cannot be \"many\" (from ~/imagesearch.json). It takes 1 to 1000.")]
    [InlineData("""{ "Spending": { "MaxCost": "-1" } }""", "Spending:MaxCost cannot be \"-1\" (from ~/imagesearch.json). It takes US dollars, for example 2.50.")]
    [InlineData("""{ "Spending": { "PricesAsOf": "yesterday" } }""", "Spending:PricesAsOf cannot be \"yesterday\" (from ~/imagesearch.json). It takes a day, for example 2026-11-22.")]
    [InlineData("""{ "Searching": { "Limit": [3] } }""", "~/imagesearch.json: \"Searching:Limit\" holds [3], where a text or a number was expected.")]
    [InlineData("""{ "Searching": """, "~/imagesearch.json is not valid JSON (line 1).")]
    public async Task A_mistake_in_the_file_is_a_usage_error_that_names_it(string file, string message)
    {
        File.WriteAllText(Path.Combine(_workplace.Folder, "imagesearch.json"), file);

        var run = await _workplace.RunAsync("config", "show");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, _workplace.Normalise(run.Error), StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task An_unknown_variable_with_our_prefix_is_a_usage_error()
    {
        _workplace.Environment["IMAGESEARCH__Searching__Limt"] = "4";

        var run = await _workplace.RunAsync("config", "show");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("there is no setting \"Searching:Limt\"", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_in_the_home_folder_cannot_move_the_home_folder()
    {
        Directory.CreateDirectory(_workplace.Home);
        File.WriteAllText(Path.Combine(_workplace.Home, "imagesearch.json"), """{ "Home": "/elsewhere" }""");

        var run = await _workplace.RunAsync("config", "show");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("cannot be set in the home folder's own file", run.Error, StringComparison.Ordinal);
    }
}
