using ImageSearch.Qdrant;
using ImageSearch.Qdrant.Model;

namespace ImageSearch.Collections.Qdrant;

/// <summary>Opens and makes collections on a server.</summary>
internal static class QdrantOpening
{
    /// <summary>What is known of a collection that was opened.</summary>
    internal sealed record Opened(CollectionCard Card, CollectionInfo Info, Version Server);

    /// <summary>Opens the collection; for writing, it is made when it is not there, and its indexes too.</summary>
    /// <exception cref="CollectionException">It cannot be used.</exception>
    public static async Task<Opened> OpenAsync(QdrantSession session, CollectionFingerprint? expected, CollectionAccess access, TimeProvider time, CancellationToken cancellationToken)
    {
        var server = await VersionAsync(session, cancellationToken);
        var info = await FindAsync(session, cancellationToken);
        if (info is null)
        {
            if (access == CollectionAccess.Read || expected is null)
            {
                throw QdrantFault.NotFound(session.Address);
            }

            info = await CreateAsync(session, server, expected, CollectionProfile.Laptop, time, cancellationToken);
        }

        var card = Check(session.Address, info, expected);
        if (access == CollectionAccess.Write)
        {
            await CreateIndexesAsync(session, info, cancellationToken);
        }

        return new Opened(card, info, server);
    }

    /// <summary>Makes a collection, or takes the one that another process made at the same moment.</summary>
    public static async Task<CollectionInfo> CreateAsync(
        QdrantSession session, Version server, CollectionFingerprint fingerprint, CollectionProfile profile, TimeProvider time, CancellationToken cancellationToken)
    {
        // The one id that no content tells: a collection that is dropped and made again from the same pictures is another one.
#pragma warning disable RS0030
        var card = new CollectionCard(CollectionCard.KnownFormat, Guid.NewGuid(), fingerprint.Model, fingerprint.Dimension, fingerprint.Preparation, time.GetUtcNow());
#pragma warning restore RS0030
        var plan = CollectionPlan.Of(profile, fingerprint.Dimension, server, card.ToMetadata());
        _ = await session.AskAsync(async client =>
        {
            try
            {
                return await client.CreateCollectionAsync(session.Name, plan, cancellationToken);
            }
            catch (QdrantException failure) when (failure.Kind == QdrantErrorKind.AlreadyExists)
            {
                // By another process; or by this one, whose first answer was lost.
                return false;
            }
        });
        return await FindAsync(session, cancellationToken) ?? throw QdrantFault.NotFound(session.Address);
    }

    /// <summary>The server's version, which is read once and decides what it is asked for.</summary>
    public static async Task<Version> VersionAsync(QdrantSession session, CancellationToken cancellationToken)
    {
        var reply = await session.AskAsync(client => client.HealthAsync(cancellationToken));
        var text = reply.Version ?? throw QdrantFault.From(new QdrantException(QdrantErrorKind.UnreadableAnswer, "it states no version"), session.Address);

        // A version may end in words, as in 1.19.0-dev.
        var digits = text.TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.').ToArray();
        var version = Version.TryParse(digits, out var parsed) ? parsed : new Version(0, 0);
        return version >= CollectionPlan.Oldest ? version : throw QdrantFault.TooOld(session.Address, text, CollectionPlan.Oldest);
    }

    /// <summary>The collection as the server tells of it; null when it is not there.</summary>
    public static Task<CollectionInfo?> FindAsync(QdrantSession session, CancellationToken cancellationToken) => session.AskAsync(async client =>
    {
        try
        {
            return (CollectionInfo?)await client.GetCollectionInfoAsync(session.Name, cancellationToken);
        }
        catch (QdrantException failure) when (failure.Kind == QdrantErrorKind.NotFound)
        {
            return null;
        }
    });

    /// <summary>Makes the indexes that are missing; before the first point, because the graph is built along them.</summary>
    public static async Task CreateIndexesAsync(QdrantSession session, CollectionInfo info, CancellationToken cancellationToken)
    {
        foreach (var (field, schema) in PointFields.Indexes.Where(index => info.PayloadSchema?.ContainsKey(index.Field) != true))
        {
            _ = await session.AskAsync(client => client.CreatePayloadIndexAsync(session.Name, field, schema, cancellationToken));
        }
    }

    private static CollectionCard Check(QdrantAddress address, CollectionInfo info, CollectionFingerprint? expected) => CollectionCard.Of(info.Config.Metadata) switch
    {
        null => throw QdrantFault.Foreign(address),
        { Format: > CollectionCard.KnownFormat } newer => throw QdrantFault.Newer(address, newer.Format, CollectionCard.KnownFormat),
        var card when expected is not null && expected != card.Fingerprint => throw QdrantFault.Mismatch(address, card.Fingerprint, expected),
        var card => card,
    };
}
