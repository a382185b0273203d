using ImageSearch.Testing;
using ImageSearch.Testing.Bedrock;
using Microsoft.Playwright;
using Xunit;

namespace ImageSearch.EndToEnd.Server.Browser;

/// <summary>The repository's own pictures, indexed and served, and a browser to look at them with: started once for all tests that look.</summary>
public sealed class ServedPictures : IAsyncLifetime, IDisposable
{
    private readonly Workplace _workplace = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private FakeBedrock? _bedrock;
    private ServerRun? _server;

    /// <summary>Where the page is.</summary>
    internal Uri Address => _server!.Address;

    /// <summary>Asks the server as a program does.</summary>
    internal ServerRun Server => _server!;

    /// <summary>The model that the server asks.</summary>
    internal ScriptedModel Model { get; } = new();

    /// <summary>The service that it is asked of.</summary>
    internal FakeBedrock Bedrock => _bedrock!;

    /// <summary>The browser.</summary>
    internal IBrowser Browser => _browser!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (Chromium.Program is null)
        {
            return;
        }

        CopyPictures();
        var indexed = await _workplace.RunAsync("index", "pictures");
        // One of them is broken on purpose.
        if (indexed.ExitCode != 3)
        {
            throw new InvalidOperationException($"The pictures were not indexed: {indexed.Error}");
        }

        _bedrock = await FakeBedrock.StartAsync(new FakeBedrockOptions { Reply = Model.Reply });
        _workplace.UseBedrock(_bedrock, "offline");
        _server = await ServerRun.StartedAsync(_workplace, "--vision", "true");
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_bedrock is not null)
        {
            await _bedrock.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _workplace.Dispose();

    private void CopyPictures()
    {
        foreach (var file in Directory.EnumerateFiles(DataSamples.Folder, "*", SearchOption.AllDirectories))
        {
            var copy = _workplace.PictureAt(Path.GetRelativePath(DataSamples.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
