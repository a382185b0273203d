using System.CommandLine;
using ImageSearch.Cli.Settings;
using ImageSearch.Searching;

namespace ImageSearch.Cli.Options;

/// <summary>Which part of an answer is wanted: <c>--limit</c>, <c>--offset</c>, <c>--min-score</c>.</summary>
internal sealed class PageOptions
{
    private readonly SettingFlag _limit = new("--limit", SettingTable.Limit, "N", "-n");
    private readonly SettingFlag _minScore = new("--min-score", SettingTable.MinScore, "SCORE");
    private readonly Option<int> _offset = new("--offset") { Description = "Hits to pass over, to see the next page.", HelpName = "N" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_limit);
        command.Add(_offset);
        command.Add(_minScore);
    }

    /// <summary>The query with the page that is wanted.</summary>
    public SearchQuery Apply(SearchQuery query, ParseResult parsed, CliOptions options) =>
        query with { Limit = options.Limit, Offset = parsed.GetValue(_offset), MinScore = options.MinScore };
}
