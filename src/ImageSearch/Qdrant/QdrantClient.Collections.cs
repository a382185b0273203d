using ImageSearch.Qdrant.Model;

namespace ImageSearch.Qdrant;

internal sealed partial class QdrantClient
{
    public Task<bool> CreateCollectionAsync(string collectionName, CreateCollection configuration, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Put, Timed(Collection(collectionName)), configuration, QdrantJson.Default.CreateCollection, QdrantJson.Default.QdrantAnswerBoolean, cancellationToken);

    /// <summary>The collection of the name, or the one behind the alias of that name.</summary>
    public Task<CollectionInfo> GetCollectionInfoAsync(string collectionName, CancellationToken cancellationToken) =>
        GetAsync(Collection(collectionName), QdrantJson.Default.QdrantAnswerCollectionInfo, cancellationToken);

    public async Task<IReadOnlyList<string>> ListCollectionsAsync(CancellationToken cancellationToken)
    {
        var listed = await GetAsync("collections", QdrantJson.Default.QdrantAnswerListCollectionsResponse, cancellationToken);
        return [.. listed.Collections.Select(collection => collection.Name)];
    }

    /// <summary>Whether there is a collection or an alias of the name.</summary>
    public async Task<bool> CollectionExistsAsync(string collectionName, CancellationToken cancellationToken) =>
        (await GetAsync($"{Collection(collectionName)}/exists", QdrantJson.Default.QdrantAnswerCollectionExistence, cancellationToken)).Exists;

    /// <summary>Deletes the collection with everything in it; false when there was none.</summary>
    public Task<bool> DeleteCollectionAsync(string collectionName, CancellationToken cancellationToken) =>
        DeleteAsync(Timed(Collection(collectionName)), QdrantJson.Default.QdrantAnswerBoolean, cancellationToken);

    /// <summary>Makes, moves and drops aliases, all at once or not at all.</summary>
    public Task<bool> UpdateAliasesAsync(IReadOnlyList<AliasOperation> aliasOperations, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Post, Timed("collections/aliases"), new UpdateAliases(aliasOperations), QdrantJson.Default.UpdateAliases, QdrantJson.Default.QdrantAnswerBoolean, cancellationToken);

    public async Task<IReadOnlyList<AliasDescription>> ListAliasesAsync(CancellationToken cancellationToken) =>
        (await GetAsync("aliases", QdrantJson.Default.QdrantAnswerListAliasesResponse, cancellationToken)).Aliases;

    /// <summary>Makes an index of a payload field; one that is there stays as it is. Returns when it is built.</summary>
    public Task<UpdateResult> CreatePayloadIndexAsync(string collectionName, string fieldName, PayloadIndexParams schema, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Put,
        Waited($"{Collection(collectionName)}/index"),
        new CreateFieldIndex(fieldName, schema),
        QdrantJson.Default.CreateFieldIndex,
        QdrantJson.Default.QdrantAnswerUpdateResult,
        cancellationToken);

    private string Timed(string path) => $"{path}?timeout={_timeoutSeconds}";

    private string Waited(string path) => $"{path}?{Wait}&timeout={_timeoutSeconds}";
}
