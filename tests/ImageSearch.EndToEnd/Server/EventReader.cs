using System.Net.ServerSentEvents;
using System.Text.Json;

namespace ImageSearch.EndToEnd.Server;

/// <summary>Listens to the events of a server.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _patience = new(Patience);
    private readonly HttpResponseMessage _answer;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private EventReader(HttpResponseMessage answer, Stream stream)
    {
        _answer = answer;
        _events = SseParser.Create(stream).EnumerateAsync(_patience.Token).GetAsyncEnumerator();
    }

    /// <summary>Begins to listen; the server knows of it when this returns.</summary>
    public static async Task<EventReader> OpenAsync(ServerRun server)
    {
        var answer = await server.Client.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead);
        return new EventReader(answer.EnsureSuccessStatusCode(), await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>Reads on until an event of that name comes.</summary>
    public Task<JsonElement> UntilAsync(string name) => UntilAsync(name, _ => true);

    /// <summary>Reads on until an event of that name comes that is as wanted.</summary>
    public async Task<JsonElement> UntilAsync(string name, Predicate<JsonElement> isWanted)
    {
        while (await _events.MoveNextAsync())
        {
            var told = JsonDocument.Parse(_events.Current.Data).RootElement;
            if (_events.Current.EventType == name && isWanted(told))
            {
                return told;
            }
        }

        throw new InvalidOperationException($"The server ended its events without a '{name}' that was waited for.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _patience.CancelAsync();
        await _events.DisposeAsync();
        _answer.Dispose();
        _patience.Dispose();
    }
}
