using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Testing.Bedrock;

/// <summary>
/// A stand-in for Amazon Bedrock Runtime, and for the batch jobs of its control plane: a real HTTP server on loopback that verifies
/// signatures and API keys, answers the operations that the library uses with the service's shapes, limits and errors, and fails on demand.
/// </summary>
/// <remarks>
/// Another process can ask for faults with <c>POST /_fake/faults</c> (a <see cref="BedrockFault"/> as JSON), take them back with
/// <c>DELETE /_fake/faults</c>, say what becomes of the next batch job with <c>POST /_fake/jobs</c> (a <see cref="FakeJobScript"/>),
/// and what the next conversation is answered with <c>POST /_fake/replies</c> (a <see cref="FakeReply"/>), and end a pause with
/// <c>POST /_fake/resume</c>. The library's offline embedder or any other function can make the vectors; see <see cref="FakeBedrockOptions.Embed"/>.
/// </remarks>
public sealed class FakeBedrock : IAsyncDisposable
{
    private static readonly JsonSerializerOptions ControlJson = new(JsonSerializerDefaults.Web) { AllowOutOfOrderMetadataProperties = true };

    private readonly FakeBedrockOptions _options;
    private readonly SignatureVerifier _verifier;
    private readonly BedrockOperations _operations;
    private readonly BatchJobs _jobs;
    private readonly FaultQueue _faults = new();
    private readonly ConcurrentQueue<FakeReply> _replies = new();
    private readonly ConcurrentQueue<RecordedCall> _calls = new();
    private readonly SemaphoreSlim _resume = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly WebApplication _application;
    private int _requests;

    private FakeBedrock(FakeBedrockOptions options)
    {
        var reply = options.Reply;
        options = options with { Reply = conversation => _replies.TryDequeue(out var scripted) ? scripted : reply(conversation) };
        _options = options;
        _verifier = new SignatureVerifier(options, "bedrock");
        _operations = new BedrockOperations(options);
        _jobs = new BatchJobs(options, new TitanImageEmbedding(options));
        Certificate = LoopbackCertificate.Create();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(Listen);
        _application = builder.Build();
        _application.Run(ServeAsync);
    }

    /// <summary>The address that speaks HTTP/1.1 in clear text.</summary>
    public Uri Http1 { get; private set; } = null!; // set by StartAsync, before anyone sees the server

    /// <summary>The address that speaks HTTP/2 in clear text, with prior knowledge.</summary>
    public Uri Http2 { get; private set; } = null!; // set by StartAsync, before anyone sees the server

    /// <summary>The address that speaks both over TLS.</summary>
    public Uri Tls { get; private set; } = null!; // set by StartAsync, before anyone sees the server

    /// <summary>The self-signed certificate of <see cref="Tls"/>.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>All requests to the service so far, refused ones included, in the order of their arrival.</summary>
    public IReadOnlyList<RecordedCall> Calls => [.. _calls];

    /// <summary>Starts a server on free ports.</summary>
    public static async Task<FakeBedrock> StartAsync(FakeBedrockOptions? options = null)
    {
        var server = new FakeBedrock(options ?? new FakeBedrockOptions());
        await server._application.StartAsync();
        var addresses = server._application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        (server.Http1, server.Http2, server.Tls) = addresses.Addresses.Select(address => new Uri(address)).ToArray() is [var http1, var http2, var tls]
            ? (http1, http2, tls)
            : throw new InvalidOperationException("the server does not listen on its three addresses");
        return server;
    }

    /// <summary>Lets something go wrong with the next calls.</summary>
    public void Inject(BedrockFault fault) => _faults.Add(fault);

    /// <summary>Takes back every fault that is still to come.</summary>
    public void ClearFaults() => _faults.Clear();

    /// <summary>Says what becomes of the next batch job that is submitted.</summary>
    public void ScriptNextJob(FakeJobScript script) => _jobs.Script(script);

    /// <summary>Says what the next conversation is answered for which nothing was said yet.</summary>
    public void ScriptNextReply(FakeReply reply) => _replies.Enqueue(reply);

    /// <summary>Lets a paused stream go on.</summary>
    public void Resume() => _resume.Release();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
        Certificate.Dispose();
        _jobs.Dispose();
        _resume.Dispose();
        _stopping.Dispose();
    }

    private void Listen(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(Certificate);
        });
    }

    private async Task ServeAsync(HttpContext context)
    {
        var rawTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            if (rawTarget.StartsWith("/_fake/", StringComparison.Ordinal))
            {
                await ControlAsync(context, rawTarget);
                return;
            }

            await ServeOperationAsync(context, rawTarget, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client has left, or the test is over: there is nobody to answer.
            context.Abort();
        }
    }

    private async Task ServeOperationAsync(HttpContext context, string rawTarget, CancellationToken cancellationToken)
    {
        var arrived = _options.Time.GetTimestamp();
        using var buffer = new MemoryStream((int)(context.Request.ContentLength ?? 0));
        await context.Request.Body.CopyToAsync(buffer, cancellationToken);
        ReadOnlyMemory<byte> body = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        var route = BedrockRoute.Parse(context.Request.Method, rawTarget);
        Record(context, rawTarget, route, body);
        // Deterministic, so that a test can tell one request's id from another's.
        context.Response.Headers["x-amzn-RequestId"] = $"00000000-0000-4000-8000-{Interlocked.Increment(ref _requests):D12}";
        context.Response.Headers.Date = _options.Time.GetUtcNow().ToString("R");
        var writer = new ResponseWriter(context, _resume);
        try
        {
            _verifier.Verify(context.Request, rawTarget, body.Span);
            if (route is null)
            {
                throw new BedrockRefusal("UnknownOperationException", "The requested operation is not recognized by the service.");
            }

            var fault = _faults.Take(route.Operation) ?? _options.NextFault();
            if (await writer.TryFailAsync(fault, cancellationToken))
            {
                return;
            }

            if (BedrockOperations.IsStream(route))
            {
                if (route.Operation == "InvokeModelWithResponseStream")
                {
                    context.Response.Headers["X-Amzn-Bedrock-Content-Type"] = "application/json";
                }

                await writer.StreamAsync(_operations.Stream(route, body), fault, cancellationToken);
            }
            else
            {
                var answer = route.IsControl
                    ? await _jobs.AnswerAsync(route, rawTarget, body, cancellationToken)
                    : await _operations.AnswerAsync(route, body, cancellationToken);
                await WaitUntilAsync(arrived, _options.Latency, cancellationToken);
                await writer.AnswerAsync(answer, fault, cancellationToken);
            }
        }
        catch (BedrockRefusal refusal)
        {
            await writer.RefuseAsync(refusal, cancellationToken);
        }
    }

    private async Task WaitUntilAsync(long arrived, TimeSpan latency, CancellationToken cancellationToken)
    {
        if (latency - _options.Time.GetElapsedTime(arrived) is { Ticks: > 0 } left)
        {
            await Task.Delay(left, _options.Time, cancellationToken);
        }
    }

    private void Record(HttpContext context, string rawTarget, BedrockRoute? route, ReadOnlyMemory<byte> body)
    {
        if (!_options.KeepsCalls)
        {
            return;
        }

        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        context.RequestAborted.Register(left.SetResult);
        var headers = context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
        _calls.Enqueue(new RecordedCall(
            route?.Operation ?? "unknown", route?.Subject ?? "", context.Request.Protocol, rawTarget, headers, body, left.Task));
    }

    private async Task ControlAsync(HttpContext context, string rawTarget)
    {
        switch (context.Request.Method, rawTarget)
        {
            case ("POST", "/_fake/faults"):
                Inject(await ReadAsync<BedrockFault>(context));
                break;
            case ("DELETE", "/_fake/faults"):
                ClearFaults();
                break;
            case ("POST", "/_fake/jobs"):
                ScriptNextJob(await ReadAsync<FakeJobScript>(context));
                break;
            case ("POST", "/_fake/replies"):
                ScriptNextReply(await ReadAsync<FakeReply>(context));
                break;
            case ("POST", "/_fake/resume"):
                Resume();
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private static async Task<T> ReadAsync<T>(HttpContext context) =>
        await JsonSerializer.DeserializeAsync<T>(context.Request.Body, ControlJson, context.RequestAborted)
        ?? throw new InvalidOperationException($"the body holds no {typeof(T).Name}");
}
