using ImageSearch.Indexing;

namespace ImageSearch.Cli.Indexing;

/// <summary>Estimates a run without leaving anything behind in the home folder.</summary>
internal static class DryRun
{
    /// <summary>Estimates indexing the folders or libraries.</summary>
    public static async Task<IReadOnlyList<EstimatedRun>> EstimateAsync(
        ImageSearchHome home, IReadOnlyList<LibraryRoot> libraries, CancellationToken cancellationToken)
    {
        var runs = new List<EstimatedRun>();
        foreach (var library in libraries)
        {
            var estimate = await EstimateAsync(home, library, cancellationToken);
            runs.Add(new EstimatedRun(library, estimate, home.Price, home.BatchCostOf(estimate.Calls), home.ExpectedCallTime()));
        }

        return runs;
    }

    private static async Task<IndexEstimate> EstimateAsync(ImageSearchHome home, LibraryRoot library, CancellationToken cancellationToken)
    {
        if (home.HasLedger(library))
        {
            using var known = home.OpenLedger(library);
            return await home.EstimateAsync(library, known, cancellationToken);
        }

        // Opening a ledger makes the file that is not there: so it is made elsewhere.
        var scratch = Directory.CreateTempSubdirectory("imagesearch-").FullName;
        try
        {
            using var empty = Ledger.Open(Path.Combine(scratch, "ledger.db"));
            return await home.EstimateAsync(library, empty, cancellationToken);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
