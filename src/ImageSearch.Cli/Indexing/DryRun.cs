using ImageSearch.Collections;
using ImageSearch.Indexing;

namespace ImageSearch.Cli.Indexing;

/// <summary>Estimates a run without leaving anything behind in the home folder.</summary>
internal sealed class DryRun(Shell shell, ImageSearchHome home, StderrLogger<ImageIndexer> logger)
{
    /// <summary>Estimates indexing the folder or library.</summary>
    public async Task<IndexEstimate> EstimateAsync(LibraryRoot library, CancellationToken cancellationToken)
    {
        var scratch = Directory.CreateTempSubdirectory("imagesearch-").FullName;
        try
        {
            // What is not there yet is stood in for by something empty, because opening would make it.
            var known = home.Libraries.LedgerOf(library, home.CollectionName);
            using var ledger = Ledger.Open(File.Exists(known) ? known : Path.Combine(scratch, "ledger.db"));
            await using var collection = await OpenAsync(Path.Combine(scratch, "collection"), cancellationToken);
            return await home.IndexerOf(collection, ledger, logger).EstimateAsync(library, cancellationToken);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private async Task<EmbeddedCollection> OpenAsync(string scratch, CancellationToken cancellationToken) =>
        EmbeddedCollection.List(home.CollectionsFolder).Contains(home.CollectionName)
            ? await home.OpenCollectionAsync(CollectionAccess.Read, cancellationToken)
            : await EmbeddedCollection.OpenAsync(scratch, home.Fingerprint, CollectionAccess.Write, shell.Time, cancellationToken);
}
