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
        var (page, filters, judge, hits) = (new PageOptions(), new FilterOptions(), new JudgeOptions(), new HitOptions());
        page.AddTo(command);
        filters.AddTo(command);
        judge.AddTo(command);
        hits.AddTo(command);
        new HomeOptions().AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = ResolvedSettings.Of(parsed, shell).Options;
            var query = page.Apply(queryOf(parsed, filters.Read(parsed)), parsed, options);
            using var home = new ImageSearchHome(options.Search, shell.Time);
            await using var collection = await home.OpenCollectionAsync(CollectionAccess.Read, cancellationToken);
            var judged = judge.Read(parsed, options);

            // What is judged is on the page, however short the page was asked for.
            var asked = query with { Limit = Math.Max(query.Limit, judged ?? 0) };
            var answer = await home.SearcherOf(collection, shell.CurrentDirectory).SearchAsync(asked, cancellationToken);
            var judging = judged is { } top ? home.JudgedSearchOf(collection, shell.CurrentDirectory).JudgeAsync(asked, answer, top, cancellationToken) : null;
            await hits.WriteAsync(new Answer(asked, answer, new LibraryFiles(home.Libraries.List())), judging, parsed, options, shell, cancellationToken);
        });
    }
}
