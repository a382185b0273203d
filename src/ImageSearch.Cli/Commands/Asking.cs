using ImageSearch.Cli.Output.Hits;
using ImageSearch.Cli.Settings;
using ImageSearch.Collections;
using ImageSearch.Searching;

namespace ImageSearch.Cli.Commands;

/// <summary>Puts a query to the collection; shared by the commands that ask.</summary>
internal static class Asking
{
    /// <summary>Opens the collection, asks, and closes it.</summary>
    public static async Task<Answer> AskAsync(SearchQuery query, CliOptions options, Shell shell, CancellationToken cancellationToken)
    {
        using var home = new ImageSearchHome(options.Search, shell.Time);
        await using var collection = await home.OpenCollectionAsync(CollectionAccess.Read, cancellationToken);
        var page = await home.SearcherOf(collection, shell.CurrentDirectory).SearchAsync(query, cancellationToken);
        return new Answer(query, page, new LibraryFiles(home.Libraries.List()));
    }
}
