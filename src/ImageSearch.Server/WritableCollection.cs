using ImageSearch.Collections;
using ImageSearch.Indexing;

namespace ImageSearch.Server;

/// <summary>Opens the collection for one who writes to it; there is one at a time.</summary>
internal static class WritableCollection
{
    /// <summary>Opens it.</summary>
    /// <exception cref="IndexException">Somebody else is writing to it.</exception>
    /// <exception cref="CollectionException">It cannot be used.</exception>
    public static async Task<IImageCollection> OpenAsync(ImageSearchHome home, CancellationToken cancellationToken)
    {
        try
        {
            return await home.OpenCollectionAsync(CollectionAccess.Write, cancellationToken);
        }
        catch (CollectionException busy) when (busy.Fault == CollectionFault.Busy)
        {
            throw new IndexException(IndexFault.LibraryLocked, busy.Message, busy);
        }
    }
}
