using System.Buffers;
using ImageSearch.Qdrant;
using ImageSearch.Qdrant.Model;
using WireId = ImageSearch.Qdrant.Model.PointId;

namespace ImageSearch.Collections.Qdrant;

/// <summary>Writes points in batches that the server takes at once.</summary>
internal sealed class QdrantWriting(QdrantSession session)
{
    /// <summary>Larger batches time out on a busy server; it refuses 32 MiB.</summary>
    private const int MostPoints = 100;
    private const int MostBytes = 4 << 20;

    /// <summary>Ids, which are small.</summary>
    private const int MostIds = 1_000;

    /// <summary>How often a write is sent that the server took and did not apply in time.</summary>
    private const int MostTries = 5;

    public async Task UpsertAsync(IReadOnlyList<ImagePoint> points, CancellationToken cancellationToken)
    {
        // Of equal ids the last one counts, also where batches are written side by side.
        var kept = points.Index().GroupBy(point => point.Item.Id, (_, same) => same.Last()).OrderBy(point => point.Index).Select(point => point.Item);
        foreach (var chunk in kept.Chunk(MostPoints))
        {
            var tokens = session.Tokenizer.Split(Array.ConvertAll(chunk, point => point.Payload.Words));
            var buffer = new ArrayBufferWriter<byte>(chunk.Length * 2048);
            var batch = new List<PointStruct>(chunk.Length);
            var bytes = 0;
            foreach (var (point, words) in chunk.Zip(tokens))
            {
                var encoded = PointEncoding.Encode(point, words, buffer);
                if (batch.Count > 0 && bytes + QdrantClient.BytesOf(encoded) > MostBytes)
                {
                    await WriteAsync(batch, cancellationToken);
                    batch.Clear();
                    bytes = 0;
                }

                batch.Add(encoded);
                bytes += QdrantClient.BytesOf(encoded);
            }

            await WriteAsync(batch, cancellationToken);
        }
    }

    public async Task<int> DeleteAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var chunk in ids.Distinct().Chunk(MostIds))
        {
            // The server does not say which were there.
            var asked = Array.ConvertAll(chunk, id => (WireId)id);
            var there = await session.AskAsync(client => client.RetrieveAsync(session.Name, new GetPoints(asked, PayloadSelector.None, VectorsSelector.None), cancellationToken));
            if (there.Count > 0)
            {
                await AppliedAsync(client => client.DeleteAsync(session.Name, [.. there.Select(point => point.Id)], cancellationToken));
                deleted += there.Count;
            }
        }

        return deleted;
    }

    // A batch that is too large for this server, or takes it too long, is written in halves.
    private async Task WriteAsync(List<PointStruct> batch, CancellationToken cancellationToken)
    {
        try
        {
            await AppliedAsync(client => client.UpsertAsync(session.Name, batch, cancellationToken));
        }
        catch (CollectionException fault) when (batch.Count > 1 && IsTooMuch(fault.InnerException))
        {
            await WriteAsync([.. batch.Take(batch.Count / 2)], cancellationToken);
            await WriteAsync([.. batch.Skip(batch.Count / 2)], cancellationToken);
        }
    }

    // Strict mode names its limit on batches in words alone; halving is right for it and harmless for what else it may refuse.
    private static bool IsTooMuch(Exception? failure) => failure is QdrantException { Kind: QdrantErrorKind.TooLarge or QdrantErrorKind.TimedOut }
        or QdrantException { Kind: QdrantErrorKind.RateLimited, RetryAfter: null }
        || (failure is QdrantException { Kind: QdrantErrorKind.BadRequest } refused && refused.Message.Contains("limit", StringComparison.OrdinalIgnoreCase));

    // "wait_timeout": the write is taken and will be applied, but searches may not find it yet. Sending it again waits for it, because
    // writes are applied in their order; and changes nothing, because ids and contents are the same.
    private async Task AppliedAsync(Func<QdrantClient, Task<UpdateResult>> write)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if ((await session.AskAsync(write)).IsCompleted)
            {
                return;
            }
        }

        throw QdrantFault.Behind(session.Address);
    }
}
