using ImageSearch.Qdrant;

namespace ImageSearch.Collections.Qdrant;

/// <summary>Turns what a server refuses into the fault that a person can act on.</summary>
internal static class QdrantFault
{
    private const string NothingLost = "Nothing that was acknowledged is lost; running again goes on from there.";

    public static CollectionException From(QdrantException failure, QdrantAddress address) => failure.Kind switch
    {
        QdrantErrorKind.Unauthorized => Unusable(address, failure, "refused the key", "Set QDRANT_API_KEY, or Collection:ApiKey, to a key of this server."),
        QdrantErrorKind.Forbidden => Unusable(address, failure, "forbids this with the key in use", "Use a key that may also write, and see that the collection is not locked."),
        QdrantErrorKind.NotFound => NotFound(address, failure),
        QdrantErrorKind.InsufficientStorage => Full(address, failure),
        QdrantErrorKind.TooLarge => Unusable(address, failure, "takes no body of this size", "Raise its service.max_request_size_mb, or that of the proxy before it, to 32 MB."),
        QdrantErrorKind.RateLimited => Unusable(address, failure, "is asked more often than it allows", $"Wait, or raise the collection's rate limits. {NothingLost}"),
        QdrantErrorKind.BadRequest => Refused(address, failure),
        QdrantErrorKind.UnreadableAnswer => Unusable(address, failure, "does not answer as Qdrant does", "Check that the address is that of its REST port (6333), and of no other server."),
        QdrantErrorKind.ServerFailed => Unusable(address, failure, "failed", $"Its log says more. {NothingLost}"),
        QdrantErrorKind.TimedOut => Unusable(address, failure, "did not answer in time", $"It may be overloaded. {NothingLost}"),
        QdrantErrorKind.Unavailable => Unusable(address, failure, "is not ready", $"It may be starting. {NothingLost}"),
        _ => Unusable(address, failure, "cannot be reached", "Check the address, and that the server runs and may be reached from here."),
    };

    public static CollectionException NotFound(QdrantAddress address, Exception? failure = null) => new(
        CollectionFault.NotFound,
        $"There is no collection '{address.Collection}' on Qdrant at {address.Server.Authority}. Index something into it first; if it was dropped while it was in use, index again.",
        failure);

    public static CollectionException Mismatch(QdrantAddress address, CollectionFingerprint has, CollectionFingerprint expected) => new(
        CollectionFault.FingerprintMismatch,
        $"The vectors of {address} were made by {has}; asked for was {expected}. Their distances mean nothing to each other: choose the model it was made with, or another collection and index into it.");

    public static CollectionException Foreign(QdrantAddress address) => new(
        CollectionFault.ForeignFormat,
        $"{address} was not made by ImageSearch. Choose another name; what is there stays as it is.");

    public static CollectionException Newer(QdrantAddress address, int format, int known) => new(
        CollectionFault.NewerFormat,
        $"{address} has format {format}; this program knows up to {known}. Update ImageSearch, or choose another collection.");

    public static CollectionException TooOld(QdrantAddress address, string version, Version oldest) => new(
        CollectionFault.Unreachable,
        $"Qdrant at {address.Server.Authority} is version {version}; ImageSearch needs {oldest} or later. Update the server.");

    /// <summary>The server took a write and has not applied it.</summary>
    public static CollectionException Behind(QdrantAddress address) => new(
        CollectionFault.Unreachable,
        $"Qdrant at {address.Server.Authority} took what was written but has not applied it in time. It may be overloaded; its log says more. {NothingLost}");

    private static CollectionException Refused(QdrantAddress address, QdrantException failure)
    {
        var isOtherShape = failure.Message.Contains("Vector dimension error", StringComparison.Ordinal) || failure.Message.Contains("Not existing vector name", StringComparison.Ordinal);
        return isOtherShape
            ? new CollectionException(
                CollectionFault.FingerprintMismatch,
                $"{address} now has other vectors than when it was opened ({failure.Message}): it was dropped and made again meanwhile. Choose another collection, or drop it and index again; embeddings that are in the cache cost nothing.",
                failure)
            : Unusable(address, failure, "refused the request", "If its strict mode is on, raise the limit that it names for this collection, or write less at once (Indexing:BatchSize).");
    }

    private static CollectionException Full(QdrantAddress address, QdrantException failure) => new(
        CollectionFault.Full,
        $"No space left on Qdrant at {address.Server.Authority} for '{address.Collection}': {Sentence(failure.Message)} Free some space there and run again. {NothingLost}",
        failure);

    private static CollectionException Unusable(QdrantAddress address, QdrantException failure, string what, string cure) => new(
        CollectionFault.Unreachable,
        $"Qdrant at {address.Server.Authority} {what}: {Sentence(failure.Message)} {cure}",
        failure);

    private static string Sentence(string text) => text.TrimEnd() is var said && said.EndsWith('.') ? said : said + ".";
}
