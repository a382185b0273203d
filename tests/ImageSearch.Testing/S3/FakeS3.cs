using System.Collections.Concurrent;
using System.Net;
using ImageSearch.Testing.Bedrock;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Testing.S3;

/// <summary>
/// A stand-in for Amazon S3, as far as batch inference needs it: a real HTTP server on loopback, addressed in path style, that verifies
/// signatures (of whole bodies, of signed chunks, of trailers) and checksums, and fails on demand.
/// </summary>
public sealed class FakeS3 : IAsyncDisposable
{
    private readonly S3Operations _operations;
    private readonly SignatureVerifier _verifier;
    private readonly FaultQueue _faults = new();
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly WebApplication _application;

    private FakeS3(FakeS3Options options)
    {
        Buckets = options.Buckets;
        _operations = new S3Operations(options);
        _verifier = new SignatureVerifier(options.Account, "s3");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        _application = builder.Build();
        _application.Run(ServeAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Url => new(_application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    /// <summary>What lies in it.</summary>
    public S3Buckets Buckets { get; }

    /// <summary>All requests so far as <c>Operation bucket/key</c>, refused ones included, in the order of their arrival.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>Starts a server on a free port.</summary>
    public static async Task<FakeS3> StartAsync(FakeS3Options? options = null)
    {
        var server = new FakeS3(options ?? new FakeS3Options());
        await server._application.StartAsync();
        return server;
    }

    /// <summary>Lets something go wrong with the next calls; the type of an error is S3's code.</summary>
    public void Inject(BedrockFault fault) => _faults.Add(fault);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            await ServeAsync(context, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client has left, or the test is over: there is nobody to answer.
            context.Abort();
        }
    }

    private async Task ServeAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var rawTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, cancellationToken);
        var body = buffer.ToArray();
        var request = S3Request.Parse(context.Request, rawTarget);
        _calls.Enqueue($"{request.Operation} {request.Bucket}/{request.Key}");
        context.Response.Headers["x-amz-request-id"] = $"{_calls.Count:D16}";
        try
        {
            var seed = Verify(context.Request, rawTarget, body);
            var fault = _faults.Take(request.Operation);
            var answer = fault is BedrockFault.Error error
                ? throw new S3Refusal(error.Type, error.Message)
                : _operations.Answer(request, context.Request.Headers, body, seed);
            await WriteAsync(context, answer, fault, cancellationToken);
        }
        catch (S3Refusal refusal)
        {
            await WriteAsync(context, S3Answer.Of(refusal), null, cancellationToken);
        }
    }

    private SigningSeed? Verify(HttpRequest request, string rawTarget, byte[] body)
    {
        try
        {
            return _verifier.Verify(request, rawTarget, body);
        }
        catch (BedrockRefusal refusal)
        {
            throw S3Refusal.From(refusal);
        }
    }

    private static async Task WriteAsync(HttpContext context, S3Answer answer, BedrockFault? fault, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case BedrockFault.Reset:
                context.Abort();
                return;
            case BedrockFault.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                return;
        }

        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.ContentLength = answer.Body.Length;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var sent = fault is BedrockFault.Cut cut ? answer.Body[..Math.Min(cut.Bytes, answer.Body.Length)] : answer.Body;
        await context.Response.Body.WriteAsync(sent, cancellationToken);
        if (sent.Length < answer.Body.Length)
        {
            await context.Response.Body.FlushAsync(cancellationToken);
            context.Abort();
        }
    }
}
