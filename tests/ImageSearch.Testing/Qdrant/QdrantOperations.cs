using System.Text.Json.Nodes;
using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant;

/// <summary>Answers requests by their operation, and keeps the writes where there is a folder for them.</summary>
internal sealed class QdrantOperations : IDisposable
{
    private readonly QdrantStorage _storage;
    private readonly WriteJournal? _journal;
    private readonly ServiceOperations _service;
    private readonly SnapshotOperations _snapshots;
    private readonly string _folder;
    private readonly Dictionary<string, Func<QdrantRequest, JsonNode>> _stored;
    private readonly HashSet<string> _kept;

    public QdrantOperations(FakeQdrantOptions options)
    {
        _storage = new QdrantStorage(new ServerVersion(options.Version));
        _service = new ServiceOperations(_storage);
        _folder = options.Folder ?? Directory.CreateTempSubdirectory("fake-qdrant-").FullName;
        _snapshots = new SnapshotOperations(_storage, Path.Combine(_folder, "snapshots"), options.Time, request => Apply(request));
        _stored = Handlers(new CollectionOperations(_storage), new PointWrites(_storage), new PointReads(_storage));
        _kept = [.. _stored.Keys.Where(QdrantRoute.Writes), SnapshotOperations.Restore];
        if (options.Folder is not null)
        {
            Directory.CreateDirectory(_folder);
            var journal = new WriteJournal(Path.Combine(_folder, "writes.jsonl"));
            journal.Replay(request => Apply(request));
            _journal = journal;
        }
    }

    public async Task<QdrantReply> AnswerAsync(QdrantRequest request, CancellationToken cancellationToken)
    {
        switch (request.Operation)
        {
            case "create_snapshot":
                return Finished(request, _snapshots.Create(request));
            case "list_snapshots":
                return new QdrantReply.Result(_snapshots.List(request));
            case "delete_snapshot":
                return Finished(request, _snapshots.Delete(request));
            case "get_snapshot":
                return new QdrantReply.Download(_snapshots.PathOf(request));
            case "recover_from_snapshot":
                await _snapshots.RecoverAsync(request, cancellationToken);
                return Finished(request, true);
            default:
                return _service.TryAnswer(request.Operation) ?? new QdrantReply.Result(Apply(request));
        }
    }

    /// <summary>Takes a collection from a snapshot that was sent along.</summary>
    public QdrantReply Upload(QdrantRequest request, byte[] snapshot)
    {
        _snapshots.Recover(request, snapshot, request.Query.GetValueOrDefault("checksum"));
        return Finished(request, true);
    }

    public void Dispose()
    {
        _journal?.Dispose();
        if (_journal is null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private JsonNode Apply(QdrantRequest request)
    {
        lock (_storage.Lock)
        {
            var result = _stored[request.Operation](request);
            if (_kept.Contains(request.Operation))
            {
                _journal?.Append(request);
            }

            return result;
        }
    }

    private JsonNode RestoreCollection(QdrantRequest request)
    {
        _storage.Collections[request.Collection] = CollectionSnapshot.Read(request.Collection, request.Body, _storage.Version);
        return true;
    }

    private static QdrantReply Finished(QdrantRequest request, JsonNode result) =>
        request.Query.GetValueOrDefault("wait") == "false" ? new QdrantReply.Accepted() : new QdrantReply.Result(result);

    private Dictionary<string, Func<QdrantRequest, JsonNode>> Handlers(CollectionOperations collections, PointWrites writes, PointReads reads) => new()
    {
        ["get_collections"] = collections.List,
        ["create_collection"] = collections.Create,
        ["get_collection"] = collections.Get,
        ["collection_exists"] = collections.Exists,
        ["update_collection"] = collections.Update,
        ["delete_collection"] = collections.Delete,
        ["collection_cluster_info"] = collections.Cluster,
        ["get_optimizations"] = collections.Optimizations,
        ["get_collections_aliases"] = collections.Aliases,
        ["get_collection_aliases"] = collections.AliasesOfCollection,
        ["update_aliases"] = collections.ChangeAliases,
        ["create_field_index"] = collections.CreateIndex,
        ["delete_field_index"] = collections.DeleteIndex,
        ["create_vector_name"] = collections.CreateVector,
        ["delete_vector_name"] = collections.DeleteVector,
        ["upsert_points"] = writes.Upsert,
        ["delete_points"] = writes.Delete,
        ["set_payload"] = writes.SetPayload,
        ["overwrite_payload"] = writes.OverwritePayload,
        ["delete_payload"] = writes.DeletePayload,
        ["clear_payload"] = writes.ClearPayload,
        ["update_vectors"] = writes.UpdateVectors,
        ["delete_vectors"] = writes.DeleteVectors,
        ["batch_update"] = writes.Batch,
        ["get_point"] = reads.Get,
        ["get_points"] = reads.Retrieve,
        ["scroll_points"] = reads.Scroll,
        ["count_points"] = reads.Count,
        ["facet"] = reads.Facet,
        ["query_points"] = reads.Query,
        ["query_batch_points"] = reads.QueryBatch,
        ["query_points_groups"] = reads.QueryGroups,
        [SnapshotOperations.Restore] = RestoreCollection,
    };
}
