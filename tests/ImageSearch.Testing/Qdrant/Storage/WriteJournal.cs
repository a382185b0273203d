using System.Text;
using System.Text.Json;

namespace ImageSearch.Testing.Qdrant.Storage;

/// <summary>
/// The writes of a server in a file, one a line, so that it starts again with all that it has acknowledged. A line that the process
/// did not finish when it was killed was never acknowledged, and is cut off.
/// </summary>
internal sealed class WriteJournal : IDisposable
{
    private readonly FileStream _file;

    public WriteJournal(string path) =>
        // Without a buffer: what was written survives the process.
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);

    /// <summary>Hands over the writes of earlier servers, in their order; then the journal is ready for new ones.</summary>
    public void Replay(Action<QdrantRequest> apply)
    {
        var content = new byte[_file.Length];
        _file.Position = 0;
        _file.ReadExactly(content);
        var start = 0;
        while (content.AsSpan(start).IndexOf((byte)'\n') is var length and >= 0)
        {
            apply(JsonSerializer.Deserialize<Entry>(content.AsSpan(start, length))!.ToRequest());
            start += length + 1;
        }

        _file.SetLength(start);
        _file.Position = start;
    }

    public void Append(QdrantRequest request)
    {
        JsonElement? body = request.Body.ValueKind == JsonValueKind.Undefined ? null : request.Body;
        var line = JsonSerializer.Serialize(new Entry(request.Operation, request.Values, body));
        _file.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }

    public void Dispose() => _file.Dispose();

    private sealed record Entry(string Operation, IReadOnlyDictionary<string, string> Values, JsonElement? Body)
    {
        public QdrantRequest ToRequest() => new(Operation, Values, new Dictionary<string, string>(), Body ?? default);
    }
}
