using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant;

/// <summary>Snapshots of collections: files in a folder, one folder a collection.</summary>
/// <param name="storage">The collections.</param>
/// <param name="folder">Where the snapshots lie.</param>
/// <param name="time">The server's clock.</param>
/// <param name="restore">Puts a collection in the place of the one of its name, and keeps that.</param>
internal sealed class SnapshotOperations(QdrantStorage storage, string folder, TimeProvider time, Action<QdrantRequest> restore)
{
    public const string Restore = "restore_collection";

    private int _created;

    public JsonNode Create(QdrantRequest request)
    {
        string content;
        lock (storage.Lock)
        {
            content = CollectionSnapshot.Of(storage.Find(request.Collection)).ToJsonString();
        }

        var name = $"{request.Collection}-{Interlocked.Increment(ref _created)}-{time.GetUtcNow():yyyy-MM-dd-HH-mm-ss}.snapshot";
        Directory.CreateDirectory(FolderOf(request));
        File.WriteAllText(Path.Combine(FolderOf(request), name), content);
        return Describe(Path.Combine(FolderOf(request), name));
    }

    public JsonNode List(QdrantRequest request)
    {
        var files = Directory.Exists(FolderOf(request)) ? Directory.GetFiles(FolderOf(request)) : [];
        return new JsonArray([.. files.Order(StringComparer.Ordinal).Select(Describe)]);
    }

    public JsonNode Delete(QdrantRequest request)
    {
        File.Delete(PathOf(request));
        return true;
    }

    /// <summary>The file of the snapshot that a request names.</summary>
    public string PathOf(QdrantRequest request)
    {
        var path = Path.Combine(FolderOf(request), Path.GetFileName(request.Values["snapshot_name"]));
        return File.Exists(path) ? path : throw QdrantRefusal.NotFound($"Snapshot {request.Values["snapshot_name"]} not found");
    }

    /// <summary>Takes the collection from a snapshot that lies on this machine or at an address.</summary>
    public async Task RecoverAsync(QdrantRequest request, CancellationToken cancellationToken)
    {
        var location = request.Body.Need("location").AsText();
        if (!Uri.TryCreate(location, UriKind.Absolute, out var uri) || uri.Scheme is not ("file" or "http" or "https"))
        {
            throw QdrantRefusal.BadRequest($"Invalid snapshot URI `{location}`");
        }

        Recover(request, await FetchAsync(uri, request.Body.Find("api_key")?.AsText(), cancellationToken), request.Body.Find("checksum")?.AsText());
    }

    /// <summary>Takes the collection from a snapshot's bytes.</summary>
    public void Recover(QdrantRequest request, byte[] content, string? checksum)
    {
        if (checksum is not null && !checksum.Equals(Checksum(content), StringComparison.OrdinalIgnoreCase))
        {
            throw QdrantRefusal.BadRequest($"Snapshot checksum mismatch: expected {checksum}, got {Checksum(content)}");
        }

        try
        {
            restore(request with { Operation = Restore, Body = JsonElement.Parse(content) });
        }
        catch (JsonException)
        {
            throw QdrantRefusal.BadRequest("The file is no snapshot");
        }
    }

    private static async Task<byte[]> FetchAsync(Uri uri, string? apiKey, CancellationToken cancellationToken)
    {
        if (uri.IsFile)
        {
            return File.Exists(uri.LocalPath)
                ? await File.ReadAllBytesAsync(uri.LocalPath, cancellationToken)
                : throw QdrantRefusal.BadRequest($"Snapshot file {uri.LocalPath} does not exist");
        }

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("api-key", apiKey ?? "");
        using var answer = await http.GetAsync(uri, cancellationToken);
        return answer.IsSuccessStatusCode
            ? await answer.Content.ReadAsByteArrayAsync(cancellationToken)
            : throw QdrantRefusal.BadRequest($"Failed to download snapshot from {uri}: status - {(int)answer.StatusCode}");
    }

    private static JsonObject Describe(string path) => new()
    {
        ["name"] = Path.GetFileName(path),
        ["creation_time"] = File.GetLastWriteTimeUtc(path).ToString("yyyy-MM-ddTHH:mm:ss"),
        ["size"] = new FileInfo(path).Length,
        ["checksum"] = Checksum(File.ReadAllBytes(path)),
    };

    private static string Checksum(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    // A collection may have a name that is none for a folder.
    private string FolderOf(QdrantRequest request) => Path.Combine(folder, Convert.ToHexStringLower(Encoding.UTF8.GetBytes(request.Collection)));
}
