using System.Text.Json;

namespace ImageSearch.Embedding.Batch;

/// <summary>Writes the records of one part into a file, until it holds as much as a job may.</summary>
internal sealed class BatchPartWriter : IAsyncDisposable
{
    private readonly FileStream _file;
    private readonly BatchLimits _limits;
    private readonly List<BatchEntry> _entries = [];

    /// <param name="folder">Where the file is made.</param>
    /// <param name="id">The part's id, which names the file.</param>
    /// <param name="limits">What a job may hold.</param>
    public BatchPartWriter(string folder, string id, BatchLimits limits)
    {
        (Id, _limits) = (id, limits);
        _file = new FileStream(System.IO.Path.Combine(folder, $"{id}.jsonl"), FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20, FileOptions.Asynchronous);
    }

    public string Id { get; }

    /// <summary>The pictures so far.</summary>
    public IReadOnlyList<BatchEntry> Entries => _entries;

    /// <summary>Where the file is.</summary>
    public string Path => _file.Name;

    /// <summary>Writes a picture; false when the part is full and the picture belongs into the next one.</summary>
    public async Task<bool> TryWriteAsync(string path, string sha256, ReadOnlyMemory<byte> picture, int dimension, CancellationToken cancellationToken)
    {
        var entry = new BatchEntry(_entries.Count, sha256, path);
        var input = new BatchInput(entry.RecordId, new TitanRequest(null, picture, new TitanEmbeddingConfig(dimension)));
        var line = JsonSerializer.SerializeToUtf8Bytes(input, BatchJson.Default.BatchInput);
        if (_entries.Count == _limits.MaxRecords || (_entries.Count > 0 && _file.Position + line.Length + 1 > _limits.MaxFileBytes))
        {
            return false;
        }

        await _file.WriteAsync(line, cancellationToken);
        _file.WriteByte((byte)'\n');
        _entries.Add(entry);
        return true;
    }

    /// <summary>Ends the file; from now on it outlives a power cut.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await _file.FlushAsync(cancellationToken);
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
