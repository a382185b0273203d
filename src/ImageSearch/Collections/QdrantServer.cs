using ImageSearch.Collections.Qdrant;
using ImageSearch.Qdrant;
using ImageSearch.Qdrant.Model;

namespace ImageSearch.Collections;

/// <summary>What is done to a collection on a Qdrant server as a whole: made to a size, dropped, saved and restored.</summary>
/// <exception cref="CollectionException">From every member, when the server refuses or is not there.</exception>
public sealed class QdrantServer : IDisposable
{
    private readonly QdrantSession _session;
    private readonly TimeProvider _time;

    /// <summary>The server of a collection; nothing is asked of it yet.</summary>
    /// <param name="address">The server and the collection.</param>
    /// <param name="apiKey">The server's key; null where it asks for none.</param>
    /// <param name="time">Tells when a collection was made, and how long calls wait.</param>
    public QdrantServer(QdrantAddress address, string? apiKey, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(address);
        _session = new QdrantSession(new QdrantClient(QdrantCollection.OptionsOf(address, apiKey), time), address, new WordTokenizer());
        _time = time;
    }

    /// <summary>The collection.</summary>
    public QdrantAddress Address => _session.Address;

    /// <summary>The collections of ImageSearch that are on the server, by name; those of others are passed over.</summary>
    public async Task<IReadOnlyList<QdrantAddress>> ListAsync(CancellationToken cancellationToken)
    {
        var names = await _session.AskAsync(client => client.ListCollectionsAsync(cancellationToken));
        var ours = new List<QdrantAddress>();
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            var info = await QdrantOpening.FindAsync(_session with { Address = Address.Of(name) }, cancellationToken);
            if (info is not null && CollectionCard.Of(info.Config.Metadata) is not null)
            {
                ours.Add(Address.Of(name));
            }
        }

        return ours;
    }

    /// <summary>Makes the collection, empty, with its indexes.</summary>
    /// <param name="fingerprint">What will make its vectors.</param>
    /// <param name="profile">The size that is expected.</param>
    /// <param name="cancellationToken">Ends the call; what was made stays.</param>
    /// <exception cref="CollectionException">There is one of that name.</exception>
    public async Task CreateAsync(CollectionFingerprint fingerprint, CollectionProfile profile, CancellationToken cancellationToken)
    {
        var server = await QdrantOpening.VersionAsync(_session, cancellationToken);
        if (await QdrantOpening.FindAsync(_session, cancellationToken) is not null)
        {
            throw new CollectionException(CollectionFault.ForeignFormat, $"There is a collection or an alias {Address} already. Drop it first, or choose another name.");
        }

        var info = await QdrantOpening.CreateAsync(_session, server, fingerprint, profile, _time, cancellationToken);
        await QdrantOpening.CreateIndexesAsync(_session, info, cancellationToken);
    }

    /// <summary>Drops the collection with everything in it.</summary>
    /// <exception cref="CollectionException">There is none of that name, or it is not ImageSearch's.</exception>
    public async Task DropAsync(CancellationToken cancellationToken)
    {
        _ = await OwnAsync(cancellationToken);
        _ = await _session.AskAsync(client => client.DeleteCollectionAsync(_session.Name, cancellationToken));
    }

    /// <summary>
    /// Makes an alias on the server stand for the collection, in one step: whoever asks by that name is answered by the former collection or by
    /// this one, never by none.
    /// </summary>
    /// <param name="alias">A name that no collection has.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="CollectionException">There is no such collection, it is not ImageSearch's, or a collection has the alias's name.</exception>
    public async Task PointAliasAsync(string alias, CancellationToken cancellationToken)
    {
        _ = await OwnAsync(cancellationToken);
        var present = await _session.AskAsync(client => client.ListAliasesAsync(cancellationToken));
        var create = new AliasOperation { CreateAlias = new CreateAlias(_session.Name, alias) };
        IReadOnlyList<AliasOperation> operations = present.Any(known => known.AliasName == alias)
            ? [new AliasOperation { DeleteAlias = new DeleteAlias(alias) }, create]
            : [create];
        _ = await _session.AskAsync(client => client.UpdateAliasesAsync(operations, cancellationToken));
    }

    /// <summary>Copies a snapshot of the collection from the server, which keeps none. Of a cluster, it holds what lies on the node asked.</summary>
    public async Task SnapshotAsync(Stream destination, CancellationToken cancellationToken)
    {
        _ = await OwnAsync(cancellationToken);
        var snapshot = await _session.AskAsync(client => client.CreateSnapshotAsync(_session.Name, cancellationToken));
        _ = await _session.AskAsync(async client =>
        {
            await client.DownloadSnapshotAsync(_session.Name, snapshot.Name, destination, cancellationToken);
            return await client.DeleteSnapshotAsync(_session.Name, snapshot.Name, cancellationToken);
        });
    }

    /// <summary>Makes the collection what a snapshot says, in place of what it was. The server must have the minor version that made it.</summary>
    /// <exception cref="CollectionException">What is there under the name, or in the snapshot, is not ImageSearch's.</exception>
    public async Task RestoreAsync(Stream snapshot, CancellationToken cancellationToken)
    {
        if (await QdrantOpening.FindAsync(_session, cancellationToken) is { } there && CollectionCard.Of(there.Config.Metadata) is null)
        {
            throw QdrantFault.Foreign(Address);
        }

        _ = await _session.AskAsync(async client =>
        {
            await client.UploadSnapshotAsync(_session.Name, snapshot, cancellationToken);
            return true;
        });
        _ = await OwnAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private async Task<CollectionInfo> OwnAsync(CancellationToken cancellationToken)
    {
        var info = await QdrantOpening.FindAsync(_session, cancellationToken) ?? throw QdrantFault.NotFound(Address);
        return CollectionCard.Of(info.Config.Metadata) is null ? throw QdrantFault.Foreign(Address) : info;
    }
}
