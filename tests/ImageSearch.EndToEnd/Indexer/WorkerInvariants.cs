using ImageSearch.Collections;
using ImageSearch.Imaging;
using ImageSearch.Testing;

namespace ImageSearch.EndToEnd.Indexer;

/// <summary>What must hold for every library of a workplace after the worker has got through.</summary>
internal static class WorkerInvariants
{
    /// <summary>Checks the collection and every ledger against the files on disk.</summary>
    /// <returns>The number of files that were set aside because a process died on them.</returns>
    public static async Task<int> CheckAsync(Workplace workplace)
    {
        using var home = new ImageSearchHome(workplace.Options(), TimeProvider.System);
        await using var collection = await home.OpenCollectionAsync(CollectionAccess.Read, CancellationToken.None);
        var setAside = 0;
        foreach (var library in home.Libraries.List())
        {
            using var ledger = home.OpenLedger(library);
            var status = ledger.Status();
            await IndexInvariants.CheckAsync(library, collection, status);
            setAside += status.Failed.Count(failed => failed.Reason == ImageRefusal.CrashedTheDecoder);
        }

        return setAside;
    }
}
