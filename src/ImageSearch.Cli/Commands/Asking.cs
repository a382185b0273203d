using System.CommandLine;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Output;
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
    /// <param name="plans">How the plain words of its queries are read; null where it has none.</param>
    /// <param name="queryOf">Makes the query of what was parsed and of the filters given as options, in the words of the query language.</param>
    public static void AddTo(Command command, Shell shell, PlanOptions? plans, Func<ParseResult, string, SearchQuery> queryOf)
    {
        var (page, filters, judge, hits) = (new PageOptions(), new FilterOptions(), new JudgeOptions(), new HitOptions());
        page.AddTo(command);
        filters.AddTo(command);
        judge.AddTo(command);
        plans?.AddTo(command);
        hits.AddTo(command);
        new HomeOptions().AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = ResolvedSettings.Of(parsed, shell).Options;
            var typed = page.Apply(queryOf(parsed, filters.Read(parsed)), parsed, options);
            using var home = new ImageSearchHome(options.Search, shell.Time);
            await using var collection = await home.OpenCollectionAsync(CollectionAccess.Read, cancellationToken);
            var judged = judge.Read(parsed, options);
            var plan = plans is null ? null : await PlanAsync(typed, plans, parsed, options, home.PlannerOf(collection), shell, cancellationToken);

            // What is judged is on the page, however short the page was asked for.
            var asked = (plan?.Query ?? typed) with { Limit = Math.Max(typed.Limit, judged ?? 0), IsJudged = judged is not null };
            var answer = await home.SearcherOf(collection, shell.CurrentDirectory).SearchAsync(asked, cancellationToken);
            var judging = judged is { } top ? home.JudgedSearchOf(collection, shell.CurrentDirectory).JudgeAsync(asked, answer, top, cancellationToken) : null;
            await hits.WriteAsync(new Answer(asked, answer, new LibraryFiles(home.Libraries.List()), plan), judging, parsed, options, shell, cancellationToken);
        });
    }

    /// <summary>The plan of a query. What a model that costs money came to is said also where nobody looks at a terminal.</summary>
    private static async Task<PlannedQuery> PlanAsync(
        SearchQuery typed, PlanOptions plans, ParseResult parsed, CliOptions options, QueryPlanner planner, Shell shell, CancellationToken cancellationToken)
    {
        var request = plans.Read(parsed, options, planner.Today);
        var plan = await planner.PlanAsync(typed, request, cancellationToken);
        if (request.AsksModel && !shell.Terminal.ErrorIsTerminal)
        {
            foreach (var note in Answer.NotesOf(plan))
            {
                shell.Terminal.Error.WriteLine(SafeText.OneLine(note));
            }
        }

        return plan;
    }
}
