using System.CommandLine;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Output.Hits;
using ImageSearch.Cli.Settings;
using ImageSearch.Collections;
using ImageSearch.Searching;

namespace ImageSearch.Cli.Commands;

/// <summary>What the commands that ask have in common: their options, putting the query to the collection, printing the answer.</summary>
internal static class Asking
{
    /// <summary>Adds options and action to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="shell">Where it runs.</param>
    /// <param name="queryOf">Makes the query of what was parsed and of the filters given as options, in the words of the query language.</param>
    public static void AddTo(Command command, Shell shell, Func<ParseResult, string, SearchQuery> queryOf)
    {
        var (page, filters, hits) = (new PageOptions(), new FilterOptions(), new HitOptions());
        page.AddTo(command);
        filters.AddTo(command);
        hits.AddTo(command);
        new HomeOptions().AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = ResolvedSettings.Of(parsed, shell).Options;
            var query = page.Apply(queryOf(parsed, filters.Read(parsed)), parsed, options);
            var answer = await AskAsync(query, options, shell, cancellationToken);
            await hits.WriteAsync(answer, parsed, options, shell, cancellationToken);
        });
    }

    private static async Task<Answer> AskAsync(SearchQuery query, CliOptions options, Shell shell, CancellationToken cancellationToken)
    {
        using var home = new ImageSearchHome(options.Search, shell.Time);
        await using var collection = await home.OpenCollectionAsync(CollectionAccess.Read, cancellationToken);
        var page = await home.SearcherOf(collection, shell.CurrentDirectory).SearchAsync(query, cancellationToken);
        return new Answer(query, page, new LibraryFiles(home.Libraries.List()));
    }
}
