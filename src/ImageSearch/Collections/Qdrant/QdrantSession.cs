using System.Runtime.CompilerServices;
using ImageSearch.Qdrant;
using ImageSearch.Qdrant.Model;
using WireId = ImageSearch.Qdrant.Model.PointId;

namespace ImageSearch.Collections.Qdrant;

/// <summary>One collection on one server, asked with the faults of <see cref="IImageCollection"/>.</summary>
/// <param name="Client">The server.</param>
/// <param name="Address">The collection.</param>
/// <param name="Tokenizer">Splits words.</param>
internal sealed record QdrantSession(QdrantClient Client, QdrantAddress Address, WordTokenizer Tokenizer) : IDisposable
{
    /// <summary>Most values of a facet that are asked for; beyond it the rarest are left out.</summary>
    private const int MostValues = 100_000;

    /// <summary>Points in one page of what is looked through here.</summary>
    private const int PageSize = 512;

    public string Name => Address.Collection;

    /// <summary>Facts of pictures, without what only the server reads.</summary>
    public static PayloadSelector Facts { get; } = PayloadSelector.Exclude(PointFields.Index);

    /// <summary>Asks the server.</summary>
    /// <exception cref="CollectionException">It refused, or was not there.</exception>
    public async Task<T> AskAsync<T>(Func<QdrantClient, Task<T>> ask)
    {
        try
        {
            return await ask(Client);
        }
        catch (QdrantException failure)
        {
            throw QdrantFault.From(failure, Address);
        }
    }

    /// <summary>What the server can be asked of a filter.</summary>
    /// <exception cref="ArgumentException">The filter has too many conditions, or too deep.</exception>
    public async Task<PossibleFilter> TranslateAsync(ImageFilter filter, CancellationToken cancellationToken)
    {
        filter.Check();
        var cameras = CameraNames.AreAskedFor(filter)
            ? new CameraNames(await ValuesAsync(PointFields.FoldedCamera, cancellationToken), await ValuesAsync(PointFields.FoldedLens, cancellationToken))
            : CameraNames.None;
        return new FilterTranslation(Tokenizer, cameras).Translate(filter);
    }

    /// <summary>The values of a field with their counts, most frequent first.</summary>
    public Task<IReadOnlyList<FacetHit>> FacetAsync(string field, Filter? filter, CancellationToken cancellationToken) =>
        AskAsync(client => client.FacetAsync(Name, field, filter, MostValues, cancellationToken));

    /// <summary>The points that pass a filter, page by page in the order of ids, without vectors.</summary>
    public async IAsyncEnumerable<ImagePoint> ListAsync(ImageFilter filter, PossibleFilter possible, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (possible.IsEmpty)
        {
            yield break;
        }

        var check = CheckOf(filter, possible);
        WireId? offset = null;
        do
        {
            var request = new ScrollPoints { Filter = possible.Filter, Offset = offset, Limit = PageSize, WithPayload = Facts };
            var page = await AskAsync(client => client.ScrollAsync(Name, request, cancellationToken));
            foreach (var point in page.Points.Select(point => PointDecoding.Decode(point, Address)))
            {
                if (check?.Passes(point.Payload) ?? true)
                {
                    yield return point;
                }
            }

            offset = page.NextPageOffset;
        }
        while (offset is not null);
    }

    /// <summary>The first points by time, to the microsecond, of those that have one and pass a filter; without vectors.</summary>
    public async Task<IReadOnlyList<ImagePoint>> FirstByTimeAsync(Filter? filter, TimeOrder order, int limit, CancellationToken cancellationToken)
    {
        var direction = order == TimeOrder.NewestFirst ? OrderBy.Descending : OrderBy.Ascending;
        var request = new ScrollPoints { Filter = filter, OrderBy = new OrderBy(PointFields.TakenAt, direction), Limit = limit, WithPayload = Facts };
        var page = await AskAsync(client => client.ScrollAsync(Name, request, cancellationToken));
        return [.. page.Points.Select(point => PointDecoding.Decode(point, Address))];
    }

    /// <summary>What looks at the payloads; null where the server's answer needs no second look.</summary>
    public ImageFilterCheck? CheckOf(ImageFilter filter, PossibleFilter possible) => possible.IsExact ? null : new ImageFilterCheck(filter, Tokenizer);

    public void Dispose()
    {
        Client.Dispose();
        Tokenizer.Dispose();
    }

    private async Task<IReadOnlyList<string>> ValuesAsync(string field, CancellationToken cancellationToken) =>
        [.. (await FacetAsync(field, null, cancellationToken)).Select(hit => hit.Value.ToString())];
}
