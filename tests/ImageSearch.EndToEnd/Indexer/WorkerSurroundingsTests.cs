using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace ImageSearch.EndToEnd.Indexer;

/// <summary>What the worker tells those around it: systemd, and a collector of metrics.</summary>
public sealed class WorkerSurroundingsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Workplace _workplace = new();

    public WorkerSurroundingsTests()
    {
        _workplace.AddPictures();
        _workplace.Environment["IMAGESEARCH__Libraries__0__Path"] = "pictures";
    }

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Systemd_hears_that_it_is_ready_alive_and_stopping()
    {
        var path = Path.Combine(_workplace.Folder, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        _workplace.Environment["NOTIFY_SOCKET"] = path;
        _workplace.Environment["WATCHDOG_USEC"] = "200000";
        await using var worker = WorkerRun.Start(_workplace);

        var first = await ReceiveAsync(systemd);
        var second = await ReceiveAsync(systemd);
        var stopped = worker.TerminateAsync();
        string notice;
        do
        {
            notice = await ReceiveAsync(systemd);
        }
        while (notice == "WATCHDOG=1");

        Assert.Equal(("READY=1", "WATCHDOG=1", "STOPPING=1"), (first, second, notice));
        Assert.Equal(0, (await stopped).ExitCode);
    }

    [Fact]
    public async Task A_collector_gets_the_metrics_when_one_is_named()
    {
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        _workplace.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{port.LocalEndpoint}";
        _workplace.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        await using var worker = WorkerRun.Start(_workplace);
        await worker.UntilWatchedAsync("pictures");

        // What was counted last is sent when the worker stops.
        var received = ReceiveAsync(port);
        var stopped = await worker.TerminateAsync();

        Assert.Equal(0, stopped.ExitCode);
        var request = await received;
        Assert.StartsWith("POST /v1/metrics HTTP/1.1", request, StringComparison.Ordinal);
        Assert.Contains("imagesearch.files", request, StringComparison.Ordinal);
        Assert.Contains("imagesearch-indexer", request, StringComparison.Ordinal);
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, patience.Token));
    }

    /// <summary>Takes one request, answers that all is well, and gives it as text.</summary>
    private static async Task<string> ReceiveAsync(TcpListener port)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var client = await port.AcceptTcpClientAsync(patience.Token);
        await using var stream = client.GetStream();
        var received = new StringBuilder();
        var buffer = new byte[64 * 1024];
        do
        {
            received.Append(Encoding.Latin1.GetString(buffer, 0, await stream.ReadAsync(buffer, patience.Token)));
        }
        while (!received.ToString().Contains("imagesearch.files", StringComparison.Ordinal));
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), patience.Token);
        return received.ToString();
    }
}
