using ImageSearch.Collections;
using ImageSearch.Indexing;

namespace ImageSearch.Cli.Indexing;

/// <summary>Estimates a run without leaving anything behind in the home folder.</summary>
internal sealed class DryRun(Shell shell, ImageSearchHome home, ImageSearchOptions options, StderrLogger<ImageIndexer> logger)
{
    /// <summary>Estimates indexing the folder or library.</summary>
    public async Task<IndexEstimate> EstimateAsync(LibraryRoot library, CancellationToken cancellationToken)
    {
        var scratch = Directory.CreateTempSubdirectory("imagesearch-").FullName;
        try
        {
            // An indexer needs a collection and a cache, and opening makes what is not there: so it gets a home of its own. What
            // is known is asked of the real one.
            var indexing = options.Indexing with { IsEmbedded = home.IsEmbedded };
            using var standIn = new ImageSearchHome(options with { Home = scratch, Indexing = indexing }, shell.Time);
            await using var collection = await standIn.OpenCollectionAsync(CollectionAccess.Write, cancellationToken);
            using var ledger = home.HasLedger(library) ? home.OpenLedger(library) : standIn.OpenLedger(library);
            return await standIn.IndexerOf(collection, ledger, logger).EstimateAsync(library, cancellationToken);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
