using System.Text.Json.Serialization.Metadata;
using ImageSearch.Qdrant.Model;

namespace ImageSearch.Qdrant;

internal sealed partial class QdrantClient
{
    /// <summary>Bytes of a number in a body, its comma included.</summary>
    internal const int BytesOfNumber = 12;

    private const int BytesAroundPoint = 128;

    /// <summary>Writes points and waits until searches find them, which the answer's status says.</summary>
    public Task<UpdateResult> UpsertAsync(string collectionName, IReadOnlyList<PointStruct> points, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Put,
        Waited($"{Collection(collectionName)}/points"),
        new UpsertPoints(points),
        QdrantJson.Default.UpsertPoints,
        QdrantJson.Default.QdrantAnswerUpdateResult,
        cancellationToken);

    /// <summary>About how many bytes a point takes in a body, rather too many than too few.</summary>
    public static int BytesOf(PointStruct point) => BytesAroundPoint + point.Payload.Length + point.Vector.Values.Sum(vector => vector switch
    {
        Vector.Dense dense => dense.Values.Length * BytesOfNumber,
        Vector.Sparse sparse => sparse.Values.Length * 2 * BytesOfNumber,
        _ => 0,
    });

    /// <summary>Deletes points; those that are not there are passed over.</summary>
    public Task<UpdateResult> DeleteAsync(string collectionName, IReadOnlyList<PointId> ids, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Post,
        Waited($"{Collection(collectionName)}/points/delete"),
        new DeletePoints(ids, null),
        QdrantJson.Default.DeletePoints,
        QdrantJson.Default.QdrantAnswerUpdateResult,
        cancellationToken);

    /// <summary>The points of these ids that are there, in no order.</summary>
    public Task<IReadOnlyList<RetrievedPoint>> RetrieveAsync(string collectionName, GetPoints request, CancellationToken cancellationToken) =>
        AskAsync(collectionName, "", request, QdrantJson.Default.GetPoints, QdrantJson.Default.QdrantAnswerIReadOnlyListRetrievedPoint, cancellationToken);

    /// <summary>One page of the points that pass a filter, in the order of ids.</summary>
    public Task<ScrollResponse> ScrollAsync(string collectionName, ScrollPoints request, CancellationToken cancellationToken) =>
        AskAsync(collectionName, "/scroll", request, QdrantJson.Default.ScrollPoints, QdrantJson.Default.QdrantAnswerScrollResponse, cancellationToken);

    /// <summary>The number of points that pass a filter, exact.</summary>
    public async Task<long> CountAsync(string collectionName, Filter? filter, CancellationToken cancellationToken) =>
        (await AskAsync(collectionName, "/count", new CountPoints(filter, Exact: true), QdrantJson.Default.CountPoints, QdrantJson.Default.QdrantAnswerCountResult, cancellationToken)).Count;

    /// <summary>The values of an indexed field among the points that pass a filter, counted exactly.</summary>
    public async Task<IReadOnlyList<FacetHit>> FacetAsync(string collectionName, string key, Filter? filter, int limit, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(
            HttpMethod.Post,
            Timed($"{Collection(collectionName)}/facet"),
            new FacetCounts(key, filter, limit, Exact: true),
            QdrantJson.Default.FacetCounts,
            QdrantJson.Default.QdrantAnswerFacetResponse,
            cancellationToken);
        return answer.Hits;
    }

    /// <summary>What several queries find, asked in one call.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<ScoredPoint>>> QueryBatchAsync(string collectionName, IReadOnlyList<QueryPoints> queries, CancellationToken cancellationToken)
    {
        var answers = await AskAsync(
            collectionName, "/query/batch", new QueryBatch(queries), QdrantJson.Default.QueryBatch, QdrantJson.Default.QdrantAnswerIReadOnlyListQueryResponse, cancellationToken);
        return [.. answers.Select(answer => answer.Points)];
    }

    private Task<TAnswer> AskAsync<TRequest, TAnswer>(
        string collectionName,
        string path,
        TRequest request,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<QdrantAnswer<TAnswer>> answerType,
        CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, Timed($"{Collection(collectionName)}/points{path}"), request, requestType, answerType, cancellationToken);
}
