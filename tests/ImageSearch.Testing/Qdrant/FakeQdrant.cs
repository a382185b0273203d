using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Testing.Qdrant;

/// <summary>
/// A stand-in for a Qdrant server: real HTTP on loopback with the shapes, limits and errors of Qdrant's REST interface, over plain
/// structures in memory that are searched exactly. What the real server knows and this one does not is answered with status 501.
/// </summary>
/// <remarks>
/// Another process can ask for faults with <c>POST /_fake/faults</c> (a <see cref="QdrantFault"/> as JSON), take them back with
/// <c>DELETE /_fake/faults</c>, and read <see cref="Violations"/> with <c>GET /_fake/violations</c>.
/// </remarks>
public sealed class FakeQdrant : IAsyncDisposable
{
    // The real server closes a connection that is idle for longer.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(5);
    private static readonly JsonSerializerOptions FaultJson = new(JsonSerializerDefaults.Web) { AllowOutOfOrderMetadataProperties = true };

    private readonly FakeQdrantOptions _options;
    private readonly QdrantOperations _operations;
    private readonly ExchangeCheck _check;
    private readonly QdrantFaultQueue _faults = new();
    private readonly ConcurrentQueue<QdrantCall> _calls = new();
    private CancellationTokenSource _stopping = new();
    private WebApplication? _application;

    private FakeQdrant(FakeQdrantOptions options)
    {
        _options = options;
        _operations = new QdrantOperations(options);
        _check = new ExchangeCheck(options.Validation);
    }

    /// <summary>The server's address; it stays the same over a restart.</summary>
    public Uri Url { get; private set; } = null!; // set by StartAsync, before anyone sees the server

    /// <summary>All requests so far, refused ones included, in the order of their arrival.</summary>
    public IReadOnlyList<QdrantCall> Calls => [.. _calls];

    /// <summary>
    /// What accepted requests and all answers have broken of <see cref="FakeQdrantOptions.Validation"/>, and what broke in the
    /// stand-in itself; a test asserts that it is empty.
    /// </summary>
    public IReadOnlyList<string> Violations => _check.Violations;

    /// <summary>Starts a server.</summary>
    public static async Task<FakeQdrant> StartAsync(FakeQdrantOptions? options = null)
    {
        var server = new FakeQdrant(options ?? new FakeQdrantOptions());
        await server.ListenAsync(server._options.Port);
        return server;
    }

    /// <summary>Lets something go wrong with the next calls.</summary>
    public void Inject(QdrantFault fault) => _faults.Add(fault);

    /// <summary>Takes back every fault that is still to come.</summary>
    public void ClearFaults() => _faults.Clear();

    /// <summary>Goes away: connections are reset, new ones refused. What was stored stays.</summary>
    public async Task StopAsync()
    {
        if (_application is { } application)
        {
            _application = null;
            await _stopping.CancelAsync();
            await application.StopAsync(new CancellationToken(canceled: true));
            await application.DisposeAsync();
        }
    }

    /// <summary>Goes away, if it is there, and comes back at the same address with what was stored.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        _stopping.Dispose();
        _stopping = new CancellationTokenSource();
        await ListenAsync(Url.Port);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _operations.Dispose();
        _stopping.Dispose();
    }

    private async Task ListenAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.KeepAliveTimeout = KeepAlive;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                if (_options.Certificate is { } certificate)
                {
                    listen.UseHttps(certificate);
                }
            });
        });
        _application = builder.Build();
        _application.Run(ServeAsync);
        await _application.StartAsync();
        Url = new Uri(_application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            if (context.Request.Path.StartsWithSegments("/_fake", out var control))
            {
                await ControlAsync(context, control);
            }
            else
            {
                var exchange = new QdrantExchange(context, _options, _operations, _check);
                await exchange.ServeAsync(_faults, (operation, body) => Record(context, operation, body), ended.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The client has left, or the server goes away: there is nobody to answer.
            context.Abort();
        }
    }

    private void Record(HttpContext context, string operation, ReadOnlyMemory<byte> body)
    {
        if (_options.RemembersCalls)
        {
            var headers = context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
            var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            _calls.Enqueue(new QdrantCall(operation, context.Request.Method, target, headers, body));
        }
    }

    private async Task ControlAsync(HttpContext context, PathString control)
    {
        switch (context.Request.Method, control.Value)
        {
            case ("POST", "/faults"):
                Inject(await JsonSerializer.DeserializeAsync<QdrantFault>(context.Request.Body, FaultJson, context.RequestAborted)
                    ?? throw new InvalidOperationException("the body holds no fault"));
                break;
            case ("DELETE", "/faults"):
                ClearFaults();
                break;
            case ("GET", "/violations"):
                await context.Response.WriteAsJsonAsync(Violations, context.RequestAborted);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }
}
