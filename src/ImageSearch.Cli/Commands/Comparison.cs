using ImageSearch.Cli.Output;
using ImageSearch.Cli.Settings;
using ImageSearch.Collections;
using ImageSearch.Searching;

namespace ImageSearch.Cli.Commands;

/// <summary>The same labelled queries, put to several collections.</summary>
internal static class Comparison
{
    /// <summary>How many answers each finds, a row a collection.</summary>
    public static async Task<Listing> OfAsync(
        IReadOnlyList<CollectionChoice> choices, IReadOnlyList<LabelledQuery> queries, CliOptions options, Shell shell, CancellationToken cancellationToken)
    {
        var rows = new List<IReadOnlyList<object?>>();
        foreach (var choice in choices)
        {
            using var home = new ImageSearchHome(choice.In(options.Search), shell.Time);
            await using var collection = await home.OpenCollectionAsync(CollectionAccess.Read, cancellationToken);
            var result = await SearchEvaluation.RunAsync(home.SearcherOf(collection, shell.CurrentDirectory), queries, options.Limit, cancellationToken);
            rows.Add([choice.Collection, home.Fingerprint.Model, (long)result.Found, (long)result.Answers, result.Recall, result.MeanReciprocalRank]);
        }

        return new Listing(
            [
                new("Collection", ColumnLook.Name), new("Model", ColumnLook.Name), new("Found", ColumnLook.Number), new("Answers", ColumnLook.Number),
                new($"Recall@{options.Limit}", ColumnLook.Number), new("MRR", ColumnLook.Number),
            ],
            rows);
    }
}
