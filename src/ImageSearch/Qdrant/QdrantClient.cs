using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ImageSearch.Qdrant.Model;

namespace ImageSearch.Qdrant;

/// <summary>
/// Qdrant's REST API, with the method names of the official .NET client, which speaks gRPC. Calls that fail for a passing reason are
/// made again within <see cref="QdrantClientOptions.RetryFor"/> or <see cref="QdrantClientOptions.RetryWritesFor"/>. All members may be used from many threads.
/// </summary>
/// <exception cref="QdrantException">From every call that failed for good.</exception>
/// <seealso href="https://api.qdrant.tech"/>
internal sealed partial class QdrantClient : IDisposable
{
    /// <summary>The client waits this much longer than the server may take, so that the server's own word arrives.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private const int SmallBody = 1024;

    /// <summary>Asks that a change of points or indexes be applied before the answer.</summary>
    private const string Wait = "wait=true";

    private readonly QdrantClientOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly int _timeoutSeconds;

    public QdrantClient(QdrantClientOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _timeoutSeconds = Math.Max(1, (int)Math.Ceiling(options.Timeout.TotalSeconds));
        var handler = new SocketsHttpHandler
        {
            // The server closes what was idle for 5 s; a request sent at that moment is lost.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxConnectionsPerServer = 32,
            ConnectTimeout = TimeSpan.FromSeconds(5),
        };
        _http = new HttpClient(handler) { BaseAddress = options.Address, Timeout = Timeout.InfiniteTimeSpan };
        if (options.ApiKey is { } key)
        {
            _http.DefaultRequestHeaders.Add("api-key", key);
        }
    }

    /// <summary>The server.</summary>
    public Uri Address => _options.Address;

    /// <summary>What the server is, and its version. Needs no key.</summary>
    public Task<HealthCheckReply> HealthAsync(CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Get, "", default, QdrantJson.Default.HealthCheckReply, cancellationToken);

    /// <summary>The server's figures, in the text format of Prometheus. Asked for once.</summary>
    public async Task<string> MetricsAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "metrics");
        return await LongCallAsync(request, response => response.Content.ReadAsStringAsync(cancellationToken), cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private static string Collection(string name) => $"collections/{Uri.EscapeDataString(name)}";

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<QdrantAnswer<T>> answer, CancellationToken cancellationToken) =>
        ResultOf(await CallAsync(HttpMethod.Get, path, default, answer, cancellationToken));

    private async Task<T> DeleteAsync<T>(string path, JsonTypeInfo<QdrantAnswer<T>> answer, CancellationToken cancellationToken) =>
        ResultOf(await CallAsync(HttpMethod.Delete, path, default, answer, cancellationToken));

    private async Task<TAnswer> SendAsync<TRequest, TAnswer>(
        HttpMethod method,
        string path,
        TRequest request,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<QdrantAnswer<TAnswer>> answerType,
        CancellationToken cancellationToken)
    {
        using var body = new PooledBody(request is UpsertPoints upsert ? upsert.Points.Sum(BytesOf) : SmallBody);
        using (var json = new Utf8JsonWriter(body))
        {
            JsonSerializer.Serialize(json, request, requestType);
        }

        return ResultOf(await CallAsync(method, path, body.Written, answerType, cancellationToken));
    }

    private static T ResultOf<T>(QdrantAnswer<T> answer) => answer.Result
        ?? throw new QdrantException(QdrantErrorKind.UnreadableAnswer, "The server's answer has no result.");

    private async Task<T> CallAsync<T>(HttpMethod method, string path, ReadOnlyMemory<byte> body, JsonTypeInfo<T> answer, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var patience = path.Contains(Wait, StringComparison.Ordinal) ? _options.RetryWritesFor : _options.RetryFor;
        for (var attempt = 0; ; attempt++)
        {
            TimeSpan delay;
            try
            {
                return await CallOnceAsync(method, path, body, answer, cancellationToken);
            }
            catch (QdrantException failure) when (DelayAfter(failure, attempt, patience - _time.GetElapsedTime(started)) is { } wait)
            {
                delay = wait;
            }

            await Task.Delay(delay, _time, cancellationToken);
        }
    }

    // The low digits of the clock are as good as chance.
    private TimeSpan? DelayAfter(QdrantException failure, int attempt, TimeSpan left) =>
        RetryDelay.After(failure, attempt, left, jitter: _time.GetTimestamp() % 1000 / 1000.0);

    private async Task<T> CallOnceAsync<T>(HttpMethod method, string path, ReadOnlyMemory<byte> body, JsonTypeInfo<T> answer, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.Timeout + Grace, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = ContentOf(body) };
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw await QdrantError.ReadAsync(response, either.Token);
            }

            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            return await JsonSerializer.DeserializeAsync(stream, answer, either.Token)
                ?? throw new QdrantException(QdrantErrorKind.UnreadableAnswer, "The server's answer is empty.");
        }
        catch (Exception exception) when (FailureOf(exception, cancellationToken) is { } failure)
        {
            throw failure;
        }
    }

    private QdrantException? FailureOf(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException when !cancellationToken.IsCancellationRequested =>
            new(QdrantErrorKind.TimedOut, string.Create(CultureInfo.InvariantCulture, $"no answer within {(_options.Timeout + Grace).TotalSeconds} seconds"), exception),
        HttpRequestException or IOException => new(QdrantErrorKind.Unreachable, exception.GetBaseException().Message, exception),
        JsonException => new(QdrantErrorKind.UnreadableAnswer, "the answer is not Qdrant's JSON, or only a part of it", exception),
        _ => null,
    };

    private static ReadOnlyMemoryContent? ContentOf(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return null;
        }

        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
