using ImageSearch.Cli.Output.Hits;
using ImageSearch.Cli.Settings;
using ImageSearch.Collections;
using ImageSearch.Searching;

namespace ImageSearch.Cli.Commands;

/// <summary>Puts a query to the collection; shared by the commands that ask.</summary>
internal static class Asking
{
    /// <summary>Opens the collection, asks, has the answer printed, and closes it.</summary>
    /// <param name="query">What is asked.</param>
    /// <param name="judged">How many of the best hits are judged; null for none.</param>
    /// <param name="options">The home and its provider.</param>
    /// <param name="shell">The clock and the current folder.</param>
    /// <param name="write">Prints the answer, and what its judging says where there is one.</param>
    /// <param name="cancellationToken">Stops asking and judging.</param>
    public static async Task AskAsync(
        SearchQuery query, int? judged, CliOptions options, Shell shell, Func<Answer, IAsyncEnumerable<JudgedStep>?, Task> write, CancellationToken cancellationToken)
    {
        using var home = new ImageSearchHome(options.Search, shell.Time);
        await using var collection = await home.OpenCollectionAsync(CollectionAccess.Read, cancellationToken);

        // What is judged is on the page, however short the page was asked for.
        var asked = query with { Limit = Math.Max(query.Limit, judged ?? 0) };
        var page = await home.SearcherOf(collection, shell.CurrentDirectory).SearchAsync(asked, cancellationToken);
        var judging = judged is { } top ? home.JudgedSearchOf(collection, shell.CurrentDirectory).JudgeAsync(asked, page, top, cancellationToken) : null;
        await write(new Answer(asked, page, new LibraryFiles(home.Libraries.List())), judging);
    }
}
