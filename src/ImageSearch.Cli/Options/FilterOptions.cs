using System.CommandLine;
using ImageSearch.Searching;

namespace ImageSearch.Cli.Options;

/// <summary>The filters of the query language as typed options: <c>--camera canon</c> is <c>camera:canon</c>.</summary>
internal sealed class FilterOptions
{
    // What has a command or an option of its own.
    private static readonly string[] Elsewhere = ["like", "sort"];

    private readonly List<(QueryFilterDescription Filter, Option<string[]> Option)> _options =
    [
        .. QueryFilters.All.Where(filter => !Elsewhere.Contains(filter.Key)).Select(filter => (filter, new Option<string[]>("--" + filter.Key)
        {
            Description = $"{filter.Meaning} ({filter.Values}; commas mean \"or\")",
            HelpName = "VALUE",
            Arity = ArgumentArity.OneOrMore,
        })),
    ];

    private readonly Option<string> _sort = new("--sort") { Description = "The order: relevance, date (newest first) or date-asc.", HelpName = "ORDER" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_sort);
        foreach (var (_, option) in _options)
        {
            command.Add(option);
        }
    }

    /// <summary>The options given, in the words of the query language; empty without any.</summary>
    public string Read(ParseResult parsed)
    {
        var parts = _options
            .SelectMany(entry => (parsed.GetValue(entry.Option) ?? []).Select(value => $"{entry.Filter.Key}:{Quoted(value)}"))
            .ToList();
        if (parsed.GetValue(_sort) is { } sort)
        {
            parts.Add($"sort:{Quoted(sort)}");
        }

        return string.Join(' ', parts);
    }

    private static string Quoted(string value) => string.Join(',', value.Split(',').Select(
        part => part.Any(letter => char.IsWhiteSpace(letter) || letter == '"') ? $"\"{part.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : part));
}
