using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ImageSearch.Testing.Qdrant;

/// <summary>One request and its answer.</summary>
internal sealed class QdrantExchange(HttpContext context, FakeQdrantOptions options, QdrantOperations operations, ExchangeCheck check)
{
    private readonly long _started = options.Time.GetTimestamp();
    private readonly ApiKeys _keys = new(options);

    public async Task ServeAsync(QdrantFaultQueue faults, Action<string, ReadOnlyMemory<byte>> record, CancellationToken cancellationToken)
    {
        var found = QdrantRoute.Find(context.Request.Method, context.Request.Path.Value ?? "/");
        var operation = found?.Route.Operation ?? "unknown";
        if (_keys.ReasonToRefuse(context.Request) is { } reason)
        {
            record(operation, default);
            await WriteAsync(StatusCodes.Status401Unauthorized, "text/plain", Encoding.UTF8.GetBytes(reason), null, cancellationToken);
            return;
        }

        if (found is not var (route, values))
        {
            record(operation, default);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            check.NoSuchOperation(context.Request);
            return;
        }

        try
        {
            var body = await ReadBodyAsync(operation, record, cancellationToken);
            _keys.CheckEffect(context.Request, route);
            var fault = faults.Take(route);
            if (!await TryFailAsync(fault, cancellationToken))
            {
                await AnswerAsync(route, values, body, fault, cancellationToken);
            }
        }
        catch (QdrantRefusal refusal)
        {
            await RefuseAsync(route, refusal, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            check.Broken(route, exception);
            await RefuseAsync(route, new QdrantRefusal(StatusCodes.Status500InternalServerError, $"Service internal error: {exception}"), cancellationToken);
        }
    }

    private async Task AnswerAsync(
        QdrantRoute route, Dictionary<string, string> values, ReadOnlyMemory<byte> body, QdrantFault? fault, CancellationToken cancellationToken)
    {
        var query = context.Request.Query.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString());
        var isUpload = route.Operation == "recover_from_uploaded_snapshot";
        var request = new QdrantRequest(route.Operation, values, query, isUpload ? default : Parse(body));
        request = fault is QdrantFault.WaitTimeout ? request with { UpdateStatus = "wait_timeout" } : request;
        var reply = isUpload
            ? operations.Upload(request, await ReadSnapshotAsync(body, cancellationToken))
            : await operations.AnswerAsync(request, cancellationToken);
        check.Request(route, request);
        switch (reply)
        {
            case QdrantReply.Result result:
                var envelope = new JsonObject { ["result"] = result.Value, ["status"] = "ok", ["time"] = Seconds() };
                await WriteJsonAsync(route, StatusCodes.Status200OK, envelope, fault, cancellationToken);
                break;
            case QdrantReply.Accepted:
                var accepted = new JsonObject { ["status"] = "accepted", ["time"] = Seconds() };
                await WriteJsonAsync(route, StatusCodes.Status202Accepted, accepted, fault, cancellationToken);
                break;
            case QdrantReply.Bare bare:
                await WriteJsonAsync(route, StatusCodes.Status200OK, bare.Value, fault, cancellationToken);
                break;
            case QdrantReply.Text text:
                await WriteAsync(StatusCodes.Status200OK, "text/plain", Encoding.UTF8.GetBytes(text.Value), fault, cancellationToken);
                break;
            case QdrantReply.Download download:
                var content = await File.ReadAllBytesAsync(download.Path, cancellationToken);
                await WriteAsync(StatusCodes.Status200OK, "application/octet-stream", content, fault, cancellationToken);
                break;
        }
    }

    /// <summary>Answers in place of the operation where <paramref name="fault"/> says so.</summary>
    /// <returns>True when the request has found its end.</returns>
    private async Task<bool> TryFailAsync(QdrantFault? fault, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case QdrantFault.Error error:
                if (error.RetryAfter is not null)
                {
                    context.Response.Headers.RetryAfter = error.RetryAfter;
                }

                await WriteAsync(error.Status, "application/json", Encoding.UTF8.GetBytes(ErrorBody(error.Message).ToJsonString()), null, cancellationToken);
                return true;
            case QdrantFault.Answer answer:
                await WriteAsync(answer.Status, answer.ContentType, Encoding.UTF8.GetBytes(answer.Body), null, cancellationToken);
                return true;
            case QdrantFault.Drop { Applied: false }:
                context.Abort();
                return true;
            case QdrantFault.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, options.Time, cancellationToken);
                return true;
            case QdrantFault.Slow slow:
                await Task.Delay(TimeSpan.FromMilliseconds(slow.Milliseconds), options.Time, cancellationToken);
                return false;
            default:
                return false;
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(string operation, Action<string, ReadOnlyMemory<byte>> record, CancellationToken cancellationToken)
    {
        if (context.Request.ContentLength > options.LargestBody && operation != "recover_from_uploaded_snapshot")
        {
            // As the real server does, the answer comes while the client is still sending.
            record(operation, default);
            throw new QdrantRefusal(
                StatusCodes.Status400BadRequest,
                $"JSON payload ({context.Request.ContentLength} bytes) is larger than allowed (limit: {options.LargestBody} bytes).");
        }

        using var buffer = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(buffer, cancellationToken);
        }
        catch (IOException exception)
        {
            throw new OperationCanceledException("The client has left in the middle of its request.", exception);
        }

        record(operation, buffer.ToArray());
        return buffer.ToArray();
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return body.IsEmpty ? default : JsonDocument.Parse(body).RootElement;
        }
        catch (JsonException exception)
        {
            throw QdrantRefusal.Format(exception.Message);
        }
    }

    private async Task<byte[]> ReadSnapshotAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        context.Request.Body = new MemoryStream(body.ToArray());
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var file = form.Files.GetFile("snapshot") ?? throw QdrantRefusal.BadRequest("Multipart field `snapshot` is missing");
        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }

    private Task RefuseAsync(QdrantRoute route, QdrantRefusal refusal, CancellationToken cancellationToken) =>
        WriteJsonAsync(route, refusal.Status, ErrorBody(refusal.Message), null, cancellationToken);

    private JsonObject ErrorBody(string message) => new() { ["status"] = new JsonObject { ["error"] = message }, ["time"] = Seconds() };

    private async Task WriteJsonAsync(QdrantRoute route, int status, JsonNode body, QdrantFault? fault, CancellationToken cancellationToken)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body);
        check.Response(route, status, bytes);
        await WriteAsync(status, "application/json", bytes, fault, cancellationToken);
    }

    private async Task WriteAsync(int status, string contentType, byte[] content, QdrantFault? fault, CancellationToken cancellationToken)
    {
        if (fault is QdrantFault.Drop { Applied: true })
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
        {
            context.Response.Headers.ContentEncoding = "gzip";
            content = Compress(content);
        }

        context.Response.ContentLength = content.Length;
        if (fault is QdrantFault.Cut cut && cut.Bytes < content.Length)
        {
            await context.Response.Body.WriteAsync(content.AsMemory(0, cut.Bytes), cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
            context.Abort();
            return;
        }

        await context.Response.Body.WriteAsync(content, cancellationToken);
    }

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    private double Seconds() => options.Time.GetElapsedTime(_started).TotalSeconds;
}
