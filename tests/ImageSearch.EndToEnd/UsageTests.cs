using Xunit;

namespace ImageSearch.EndToEnd;

public sealed class UsageTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("knows no command \"serch\". Did you mean search?", "serch", "red")]
    [InlineData("knows no command \"flower\". To search: imagesearch search flower", "flower")]
    [InlineData("knows no option \"--falied\". Did you mean --failed?", "status", "--falied")]
    [InlineData("Output:Format cannot be \"xml\" (from flag --output). It takes table, json, jsonl, csv, paths.", "status", "--output", "xml")]
    [InlineData("Searching:Limit cannot be \"0\" (from flag --limit)", "search", "red", "--limit", "0")]
    public async Task A_wrong_command_line_is_one_line_with_its_cure(string message, params string[] arguments)
    {
        var run = await _workplace.RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_workplace.Home));
    }

    [Fact]
    public async Task Without_a_command_all_commands_are_listed()
    {
        var run = await _workplace.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Snapshot.AssertMatches("no-command", run.Out);
    }
}
