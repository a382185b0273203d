using System.Net.Http.Headers;
using ImageSearch.Qdrant.Model;

namespace ImageSearch.Qdrant;

// Snapshots of a large collection take longer than any call may, so these calls have no deadline of their own; and they are made once,
// because a second try would begin anew.
internal sealed partial class QdrantClient
{
    public Task<IReadOnlyList<SnapshotDescription>> ListSnapshotsAsync(string collectionName, CancellationToken cancellationToken) =>
        GetAsync($"{Collection(collectionName)}/snapshots", QdrantJson.Default.QdrantAnswerIReadOnlyListSnapshotDescription, cancellationToken);

    /// <summary>Makes a snapshot of the collection on the server. Aliases are not in it; of a cluster, it holds what lies on the node asked.</summary>
    public async Task<SnapshotDescription> CreateSnapshotAsync(string collectionName, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Collection(collectionName)}/snapshots?wait=true");
        return await LongCallAsync(
            request,
            async response =>
            {
                await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
                return ResultOf(await System.Text.Json.JsonSerializer.DeserializeAsync(stream, QdrantJson.Default.QdrantAnswerSnapshotDescription, cancellationToken)
                    ?? throw new QdrantException(QdrantErrorKind.UnreadableAnswer, "The server's answer is empty."));
            },
            cancellationToken);
    }

    public Task<bool> DeleteSnapshotAsync(string collectionName, string snapshotName, CancellationToken cancellationToken) =>
        DeleteAsync($"{Snapshot(collectionName, snapshotName)}?wait=true", QdrantJson.Default.QdrantAnswerBoolean, cancellationToken);

    /// <summary>Copies a snapshot from the server.</summary>
    public async Task DownloadSnapshotAsync(string collectionName, string snapshotName, Stream destination, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Snapshot(collectionName, snapshotName));
        _ = await LongCallAsync(
            request,
            async response =>
            {
                await response.Content.CopyToAsync(destination, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Makes the collection what the snapshot says, in place of what it was.</summary>
    public async Task UploadSnapshotAsync(string collectionName, Stream snapshot, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent();
        var file = new StreamContent(snapshot);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "snapshot", "upload.snapshot");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Collection(collectionName)}/snapshots/upload?wait=true&priority=snapshot") { Content = form };
        _ = await LongCallAsync(request, static _ => Task.FromResult(true), cancellationToken);
    }

    private static string Snapshot(string collectionName, string snapshotName) =>
        $"{Collection(collectionName)}/snapshots/{Uri.EscapeDataString(snapshotName)}";

    private async Task<T> LongCallAsync<T>(HttpRequestMessage request, Func<HttpResponseMessage, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode ? await read(response) : throw await QdrantError.ReadAsync(response, cancellationToken);
        }
        catch (Exception exception) when (FailureOf(exception, cancellationToken) is { } failure)
        {
            throw failure;
        }
    }
}
