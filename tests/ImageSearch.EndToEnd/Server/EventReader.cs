using System.Net.Http.Json;
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

    /// <summary>Asks a question that is answered in events; a problem instead of them is thrown.</summary>
    public static async Task<EventReader> AskAsync(ServerRun server, string path, object question)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(question) };
        var answer = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new EventReader(answer.EnsureSuccessStatusCode(), await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>Reads all that comes until the server is done.</summary>
    public async Task<List<(string Name, JsonElement Told)>> AllAsync()
    {
        var all = new List<(string, JsonElement)>();
        while (await _events.MoveNextAsync())
        {
            all.Add((_events.Current.EventType, JsonElement.Parse(_events.Current.Data)));
        }

        return all;
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
