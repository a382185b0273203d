using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ImageSearch.Server.Pictures;

namespace ImageSearch.EndToEnd.Server;

/// <summary>
/// An internet of one server on loopback, which answers every address with what a test wrote down, and remembers which addresses were
/// connected to: the network of <see cref="RemotePictures"/>.
/// </summary>
internal sealed class ScriptedWeb : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Func<Stream, CancellationToken, Task>> _answers = new();
    private readonly ConcurrentDictionary<string, Queue<IPAddress[]>> _names = new();
    private readonly Task _serving;

    public ScriptedWeb()
    {
        _listener.Start();
        _serving = ServeAsync();
        Network = new RemoteNetwork(ResolveAsync, ConnectAsync);
    }

    /// <summary>Leads here.</summary>
    public RemoteNetwork Network { get; }

    /// <summary>Every address that was connected to, in order.</summary>
    public ConcurrentQueue<IPEndPoint> Connected { get; } = new();

    /// <summary>Nothing answers at this address.</summary>
    public string? Unreachable { get; set; }

    /// <summary>Every name that was asked for.</summary>
    public ConcurrentQueue<string> Resolved { get; } = new();

    /// <summary>A name has these addresses; the next time it is asked for those of the next call, and then those for ever.</summary>
    public void Name(string name, params string[] addresses) =>
        _names.GetOrAdd(name, _ => new Queue<IPAddress[]>()).Enqueue([.. addresses.Select(IPAddress.Parse)]);

    /// <summary>The next request is answered with these lines and this body.</summary>
    public void Answer(string head, byte[] body) =>
        _answers.Enqueue(async (stream, cancellationToken) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head.ReplaceLineEndings("\r\n") + "\r\nConnection: close\r\n\r\n"), cancellationToken);
            await stream.WriteAsync(body, cancellationToken);
        });

    /// <summary>The next request is answered by hand.</summary>
    public void Answer(Func<Stream, CancellationToken, Task> answer) => _answers.Enqueue(answer);

    /// <summary>The next request is led on.</summary>
    public void Redirect(string location) => Answer($"HTTP/1.1 302 Found\nLocation: {location}\nContent-Length: 0", []);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private Task<IPAddress[]> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        Resolved.Enqueue(name);
        if (!_names.TryGetValue(name, out var addresses))
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        return Task.FromResult(addresses.Count > 1 ? addresses.Dequeue() : addresses.Peek());
    }

    private async Task<Stream> ConnectAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        Connected.Enqueue(address);
        if (address.Address.ToString() == Unreachable)
        {
            throw new SocketException((int)SocketError.NetworkUnreachable);
        }

        var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)_listener.LocalEndpoint, cancellationToken);
        return client.GetStream();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await using var stream = client.GetStream();
                await ReadRequestAsync(stream);
                if (_answers.TryDequeue(out var answer))
                {
                    await answer(stream, _stop.Token);
                }
            }
            catch (Exception end) when (end is IOException or SocketException or OperationCanceledException)
            {
                // The client had enough, or the test is over.
            }
        }
    }

    private async Task ReadRequestAsync(Stream stream)
    {
        var seen = new List<byte>();
        var buffer = new byte[4096];
        while (!Encoding.ASCII.GetString([.. seen]).Contains("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer, _stop.Token) is > 0 and var read)
        {
            seen.AddRange(buffer.AsSpan(0, read));
        }
    }
}
