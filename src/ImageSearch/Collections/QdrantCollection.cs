using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ImageSearch.Collections.Qdrant;
using ImageSearch.Qdrant;
using ImageSearch.Qdrant.Model;
using WireId = ImageSearch.Qdrant.Model.PointId;

namespace ImageSearch.Collections;

/// <summary>
/// A collection on a Qdrant server, version 1.16 or later. Any number of processes read and write it at the same time: what is
/// written twice is the same point. Calls that fail for a passing reason are made again for a while. The server gives back space and
/// keeps its graphs by itself.
/// </summary>
public sealed class QdrantCollection : IImageCollection
{
    private const int IdsAtOnce = 256;
    private const string ResidentMemory = "memory_resident_bytes ";

    private static readonly SearchParams Rescored = new() { Quantization = new QuantizationSearchParams(Rescore: true, Oversampling: 2) };

    private readonly QdrantSession _session;
    private readonly QdrantWriting _writing;
    private readonly QdrantOpening.Opened _opened;
    private readonly CollectionAccess _access;

    private QdrantCollection(QdrantSession session, QdrantOpening.Opened opened, CollectionAccess access)
    {
        (_session, _opened, _access) = (session, opened, access);
        _writing = new QdrantWriting(session);
    }

    /// <inheritdoc/>
    public CollectionFingerprint Fingerprint => _opened.Card.Fingerprint;

    /// <inheritdoc/>
    public Guid InstanceId => _opened.Card.Instance;

    /// <summary>Where it lies.</summary>
    public QdrantAddress Address => _session.Address;

    /// <summary>Opens the collection at an address; for writing, it is made when it is not there.</summary>
    /// <param name="address">Server and name.</param>
    /// <param name="apiKey">The server's key; null where it asks for none.</param>
    /// <param name="expected">What its vectors must have been made by; null takes whatever is there, and makes nothing.</param>
    /// <param name="access">What it is opened for.</param>
    /// <param name="time">Tells when it was made, and how long calls wait.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="CollectionException">Not found, of another fingerprint, newer, foreign or unreachable.</exception>
    public static Task<QdrantCollection> OpenAsync(
        QdrantAddress address,
        string? apiKey,
        CollectionFingerprint? expected,
        CollectionAccess access,
        TimeProvider time,
        CancellationToken cancellationToken) => OpenAsync(address, OptionsOf(address, apiKey), expected, access, time, cancellationToken);

    /// <summary>Opens it with options of the wire.</summary>
    internal static async Task<QdrantCollection> OpenAsync(
        QdrantAddress address,
        QdrantClientOptions options,
        CollectionFingerprint? expected,
        CollectionAccess access,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var session = new QdrantSession(new QdrantClient(options, time), address, new WordTokenizer());
        try
        {
            return new QdrantCollection(session, await QdrantOpening.OpenAsync(session, expected, access, time, cancellationToken), access);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task UpsertAsync(IReadOnlyList<ImagePoint> points, CancellationToken cancellationToken)
    {
        PointValidation.Check(points, Fingerprint.Dimension);
        CheckMayWrite();
        cancellationToken.ThrowIfCancellationRequested();
        await _writing.UpsertAsync(points, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> DeleteAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        CheckMayWrite();
        return _writing.DeleteAsync(ids, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ImagePoint>> GetAsync(IReadOnlyList<Guid> ids, VectorInclusion vectors, CancellationToken cancellationToken)
    {
        var withVector = vectors == VectorInclusion.With ? VectorsSelector.Named(PointFields.Picture) : VectorsSelector.None;
        var found = new Dictionary<Guid, ImagePoint>();
        foreach (var chunk in ids.Distinct().Chunk(IdsAtOnce))
        {
            var asked = new GetPoints(Array.ConvertAll(chunk, id => (WireId)id), QdrantSession.Facts, withVector);
            foreach (var point in await _session.AskAsync(client => client.RetrieveAsync(_session.Name, asked, cancellationToken)))
            {
                var decoded = PointDecoding.Decode(point, Address);
                found[decoded.Id] = decoded;
            }
        }

        return [.. ids.Select(id => found.GetValueOrDefault(id)).OfType<ImagePoint>()];
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ImagePoint> ListAsync(ImageFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var possible = await _session.TranslateAsync(filter, cancellationToken);
        await foreach (var point in _session.ListAsync(filter, possible, cancellationToken))
        {
            yield return point;
        }
    }

    /// <inheritdoc/>
    /// <remarks>It reads in pages: points written or deleted meanwhile may be in it or not. Many pictures of one microsecond cost a page for every 512 of them.</remarks>
    public Task<IReadOnlyList<ImagePoint>> ListByTimeAsync(ImageFilter filter, TimeOrder order, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return new TimeListing(_session, filter, order, limit).RunAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<long> CountAsync(ImageFilter filter, CancellationToken cancellationToken)
    {
        var possible = await _session.TranslateAsync(filter, cancellationToken);
        if (possible.IsEmpty)
        {
            return 0;
        }

        return possible.IsExact
            ? await _session.AskAsync(client => client.CountAsync(_session.Name, possible.Filter, cancellationToken))
            : await _session.ListAsync(filter, possible, cancellationToken).LongCountAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<string> MarkAsync(CancellationToken cancellationToken) =>
        (await CountAsync(ImageFilter.All, cancellationToken)).ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FacetCount>> FacetAsync(ImageFacet facet, ImageFilter filter, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return FacetCounting.CountAsync(_session, facet, filter, limit, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CollectionHits> SearchAsync(CollectionQuery query, CancellationToken cancellationToken)
    {
        PointValidation.Check(query, Fingerprint.Dimension);
        var isQuantised = _opened.Info.Config.QuantizationConfig is not null;
        return new QdrantSearch(_session, query, isQuantised ? Rescored : null).RunAsync(cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>The server optimises by itself, in the background; there is nothing to ask of it but whether it is there.</remarks>
    public async Task CompactAsync(CancellationToken cancellationToken)
    {
        CheckMayWrite();
        _ = await QdrantOpening.FindAsync(_session, cancellationToken) ?? throw QdrantFault.NotFound(Address);
    }

    /// <summary>The collection in figures.</summary>
    /// <exception cref="CollectionException">It cannot be used.</exception>
    public async Task<QdrantCollectionInfo> InfoAsync(CancellationToken cancellationToken)
    {
        var info = await QdrantOpening.FindAsync(_session, cancellationToken) ?? throw QdrantFault.NotFound(Address);
        var points = await CountAsync(ImageFilter.All, cancellationToken);
        return new QdrantCollectionInfo
        {
            Address = Address,
            ServerVersion = _opened.Server.ToString(),
            Fingerprint = Fingerprint,
            InstanceId = InstanceId,
            Created = _opened.Card.Created,
            Points = points,
            Indexed = info.IndexedVectorsCount ?? 0,
            Status = info.Status ?? "unknown",
            Error = info.OptimizerStatus is { ValueKind: JsonValueKind.Object } status && status.TryGetProperty("error", out var error) ? error.ToString() : null,
            Shards = info.Config.Params.ShardNumber ?? 1,
            Replicas = info.Config.Params.ReplicationFactor ?? 1,
            Quantisation = MemoryEstimate.Quantisation(info.Config),
            EstimatedMemory = MemoryEstimate.Bytes(points, Fingerprint.Dimension, info.Config),
            ServerMemory = await ServerMemoryAsync(cancellationToken),
        };
    }

    /// <summary>Ends the connections; calls under way fail.</summary>
    public ValueTask DisposeAsync()
    {
        _session.Dispose();
        return ValueTask.CompletedTask;
    }

    internal static QdrantClientOptions OptionsOf(QdrantAddress address, string? apiKey) =>
        new() { Address = address.Server, ApiKey = apiKey };

    private void CheckMayWrite()
    {
        if (_access != CollectionAccess.Write)
        {
            throw new InvalidOperationException($"{Address} was opened for reading. Open it with {nameof(CollectionAccess)}.{nameof(CollectionAccess.Write)}.");
        }
    }

    // Keys that may read one collection may not read the server's own figures.
    private async Task<long?> ServerMemoryAsync(CancellationToken cancellationToken)
    {
        try
        {
            var metrics = await _session.Client.MetricsAsync(cancellationToken);
            var line = metrics.Split('\n').FirstOrDefault(line => line.StartsWith(ResidentMemory, StringComparison.Ordinal));
            return line is not null && double.TryParse(line[ResidentMemory.Length..], CultureInfo.InvariantCulture, out var bytes) ? (long)bytes : null;
        }
        catch (QdrantException)
        {
            return null;
        }
    }
}
