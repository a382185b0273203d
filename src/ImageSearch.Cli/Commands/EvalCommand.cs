using System.CommandLine;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Output;
using ImageSearch.Cli.Settings;
using ImageSearch.Collections;
using ImageSearch.Searching;

namespace ImageSearch.Cli.Commands;

/// <summary><c>eval</c>: how many labelled answers are found.</summary>
internal static class EvalCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell)
    {
        var labels = new Argument<string>("LABELS") { Description = "A file with a query and the paths of its answers on each line, separated by tabs." };
        var limit = new SettingFlag("--limit", SettingTable.Limit, "K", "-n");
        var (home, output) = (new HomeOptions(), new OutputOptions());
        var command = new Verb(
            "eval",
            "Ask labelled queries and print how many of their known answers are found: recall@k and mean reciprocal rank.",
            new Example("imagesearch eval data-samples/labels.tsv", "Among the first ten hits of each query."),
            new Example("imagesearch eval labels.tsv --limit 50 --output csv", "Among the first fifty, for a script."))
        {
            labels,
            limit,
        };
        home.AddTo(command);
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = ResolvedSettings.Of(parsed, shell).Options;
            var queries = LabelFile.Read(shell.Absolute(parsed.GetRequiredValue(labels)));
            var result = await AskAsync(queries, options, shell, cancellationToken);
            ListingWriter.Write(shell.Terminal, ListingOf(result), options.Format);
            if (options.Format == OutputFormat.Table)
            {
                shell.Terminal.Out.WriteLine();
                shell.Terminal.Out.WriteLine(
                    $"found {result.Found} of {result.Answers} answers: recall@{options.Limit} {result.Recall:0.000}, MRR {result.MeanReciprocalRank:0.000}");
            }
        });
        return command;
    }

    private static async Task<SearchEvaluation> AskAsync(IReadOnlyList<LabelledQuery> labels, CliOptions options, Shell shell, CancellationToken cancellationToken)
    {
        using var home = new ImageSearchHome(options.Search, shell.Time);
        await using var collection = await home.OpenCollectionAsync(CollectionAccess.Read, cancellationToken);
        return await SearchEvaluation.RunAsync(home.SearcherOf(collection, shell.CurrentDirectory), labels, options.Limit, cancellationToken);
    }

    private static Listing ListingOf(SearchEvaluation result) => new(
        [new("Found", ColumnLook.Number), new("Answers", ColumnLook.Number), new("First rank", ColumnLook.Number), new("Query")],
        [.. result.Queries.Select(outcome => (IReadOnlyList<object?>)[(long)outcome.Found, (long)outcome.Query.Answers.Count, (long?)outcome.FirstRank, outcome.Query.Text])]);
}
