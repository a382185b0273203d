using System.CommandLine;
using ImageSearch.Searching;

namespace ImageSearch.Cli.Options;

/// <summary>The filters of the query language as typed options: <c>--camera canon</c> is <c>camera:canon</c>.</summary>
internal sealed class FilterOptions
{
    private const string Prefix = "--";

    // What has a command or an option of its own.
    private static readonly string[] Elsewhere = ["like", "sort", "group"];

    private readonly List<Option<string[]>> _options = [.. QueryFilters.All.Where(filter => !Elsewhere.Contains(filter.Key)).Select(OptionOf)];

    private readonly Option<string> _sort = new("--sort") { Description = "The order: relevance, date (newest first), date-asc, or diverse (each unlike those before it).", HelpName = "ORDER" };

    private readonly Option<string> _group = new("--group") { Description = "At most one hit of each folder, day or camera; day,3 for at most three.", HelpName = "GROUP" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_sort);
        command.Add(_group);
        foreach (var option in _options)
        {
            command.Add(option);
        }
    }

    /// <summary>The options given, in the words of the query language; empty without any.</summary>
    public string Read(ParseResult parsed)
    {
        var parts = new List<string>();
        foreach (var option in _options)
        {
            parts.AddRange((parsed.GetValue(option) ?? []).Select(value => $"{option.Name[Prefix.Length..]}:{Quoted(value)}"));
        }

        if (parsed.GetValue(_sort) is { } sort)
        {
            parts.Add($"sort:{Quoted(sort)}");
        }

        if (parsed.GetValue(_group) is { } group)
        {
            parts.Add($"group:{Quoted(group)}");
        }

        return string.Join(' ', parts);
    }

    private static Option<string[]> OptionOf(QueryFilterDescription filter) => new(Prefix + filter.Key)
    {
        Description = $"{filter.Meaning} (as in {filter.Examples[0]})",
        HelpName = "VALUE",
        Arity = ArgumentArity.OneOrMore,
    };

    private static string Quoted(string value) => string.Join(',', value.Split(',').Select(
        part => part.Any(letter => char.IsWhiteSpace(letter) || letter == '"') ? $"\"{part.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : part));
}
