using System.Text.Json.Serialization;
using ImageSearch.Qdrant.Model;

namespace ImageSearch.Qdrant;

/// <summary>The envelope of every answer but those of <c>/</c> and of errors.</summary>
internal sealed record QdrantAnswer<T>(T? Result);

/// <summary>The wire's JSON: names in snake case, nulls left out, unknown members passed over.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateCollection))]
[JsonSerializable(typeof(UpdateAliases))]
[JsonSerializable(typeof(CreateFieldIndex))]
[JsonSerializable(typeof(UpsertPoints))]
[JsonSerializable(typeof(DeletePoints))]
[JsonSerializable(typeof(GetPoints))]
[JsonSerializable(typeof(ScrollPoints))]
[JsonSerializable(typeof(CountPoints))]
[JsonSerializable(typeof(FacetCounts))]
[JsonSerializable(typeof(QueryBatch))]
[JsonSerializable(typeof(HealthCheckReply))]
[JsonSerializable(typeof(QdrantAnswer<bool>))]
[JsonSerializable(typeof(QdrantAnswer<CollectionInfo>))]
[JsonSerializable(typeof(QdrantAnswer<ListCollectionsResponse>))]
[JsonSerializable(typeof(QdrantAnswer<CollectionExistence>))]
[JsonSerializable(typeof(QdrantAnswer<ListAliasesResponse>))]
[JsonSerializable(typeof(QdrantAnswer<UpdateResult>))]
[JsonSerializable(typeof(QdrantAnswer<IReadOnlyList<RetrievedPoint>>))]
[JsonSerializable(typeof(QdrantAnswer<ScrollResponse>))]
[JsonSerializable(typeof(QdrantAnswer<CountResult>))]
[JsonSerializable(typeof(QdrantAnswer<FacetResponse>))]
[JsonSerializable(typeof(QdrantAnswer<IReadOnlyList<QueryResponse>>))]
[JsonSerializable(typeof(QdrantAnswer<SnapshotDescription>))]
[JsonSerializable(typeof(QdrantAnswer<IReadOnlyList<SnapshotDescription>>))]
internal sealed partial class QdrantJson : JsonSerializerContext;
