using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ImageSearch.Indexer.Systemd;

/// <summary>Tells systemd that the worker is ready, alive and stopping, where systemd asked for it; elsewhere does nothing.</summary>
/// <seealso href="https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html">sd_notify</seealso>
internal sealed class SystemdNotifier(TimeProvider time, ILogger<SystemdNotifier> logger) : IHostedLifecycleService, IDisposable
{
    private readonly string? _socket = Environment.GetEnvironmentVariable("NOTIFY_SOCKET");
    private ITimer? _watchdog;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        Notify("READY=1");
        if (long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0)
        {
            var half = TimeSpan.FromMicroseconds(microseconds / 2.0);
            _watchdog = time.CreateTimer(_ => Notify("WATCHDOG=1"), null, half, half);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        Notify("STOPPING=1");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _watchdog?.Dispose();

    private void Notify(string notice)
    {
        if (string.IsNullOrEmpty(_socket))
        {
            return;
        }

        try
        {
            // A name that begins with @ is one without a file.
            var address = new UnixDomainSocketEndPoint(_socket[0] == '@' ? '\0' + _socket[1..] : _socket);
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            _ = socket.SendTo(Encoding.UTF8.GetBytes(notice), address);
        }
        catch (SocketException failure)
        {
            logger.SystemdUnreachable(notice, failure.Message);
        }
    }
}
