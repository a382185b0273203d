using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>A server over a small indexed library, for tests that only ask.</summary>
public sealed class ServedPictures : IAsyncLifetime, IDisposable
{
    private readonly Workplace _workplace = new();
    private ServerRun? _server;

    /// <summary>The server.</summary>
    internal ServerRun Server => _server ?? throw new InvalidOperationException("The server has not been started.");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _workplace.AddPictures();
        File.WriteAllText(_workplace.PictureAt("broken.png"), "no picture");
        _ = await _workplace.RunAsync("index", "pictures");
        _server = await ServerRun.StartedAsync(_workplace);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <inheritdoc/>
    public void Dispose() => _workplace.Dispose();
}
