using System.Net.Http.Json;
using System.Text.Json;

namespace ImageSearch.EndToEnd.Server;

/// <summary>The server as a child process, asked over HTTP.</summary>
internal sealed class ServerRun : IAsyncDisposable
{
    private ServerRun(LoggedProgram program, Uri address)
    {
        Program = program;
        // One who leaves is gone at once, and does not first read on for two seconds.
        Client = new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = address };
    }

    /// <summary>The process.</summary>
    public LoggedProgram Program { get; }

    /// <summary>Asks it.</summary>
    public HttpClient Client { get; }

    /// <summary>Where it answers.</summary>
    public Uri Address => Client.BaseAddress!;

    /// <summary>Starts it on a free port and waits until it answers.</summary>
    public static async Task<ServerRun> StartedAsync(Workplace workplace, params string[] arguments)
    {
        var program = LoggedProgram.Start(workplace, "ImageSearch.Server.dll", arguments);
        return new ServerRun(program, await program.AddressAsync("Server started"));
    }

    /// <summary>The JSON at a path, which must be there.</summary>
    public Task<JsonElement> GetAsync(string path) => Client.GetFromJsonAsync<JsonElement>(path);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Program.DisposeAsync();
    }
}
