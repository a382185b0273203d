using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>Servers over one small indexed library, each of which asks another model of the same stand-in.</summary>
public sealed class ServedQuestions : IAsyncLifetime, IDisposable
{
    /// <summary>The model that is asked where nothing else is set.</summary>
    public const string Claude = "global.anthropic.claude-haiku-4-5-20251001-v1:0";

    private readonly Workplace _workplace = new();
    private readonly Dictionary<string, ServerRun> _servers = [];
    private FakeBedrock? _models;

    /// <summary>What the models read out of pictures.</summary>
    public string Value { get; set; } = """{"total":12.50}""";

    /// <summary>What a model was asked last.</summary>
    internal FakeConversation? Seen { get; private set; }

    /// <summary>The stand-in.</summary>
    internal FakeBedrock Models => _models!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _models = await FakeBedrock.StartAsync(new FakeBedrockOptions { Reply = Reply });
        _workplace.AddPictures();
        _workplace.UseBedrock(_models, "offline");
        _ = await _workplace.RunAsync("index", "pictures");
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }

        await Models.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _workplace.Dispose();

    /// <summary>The server that asks a model.</summary>
    internal async Task<ServerRun> ServerAsync(string model = Claude)
    {
        if (!_servers.TryGetValue(model, out var server))
        {
            _workplace.Environment["IMAGESEARCH__Vision__Model"] = model;
            _servers[model] = server = await ServerRun.StartedAsync(_workplace, "--vision", "true");
        }

        return server;
    }

    private FakeReply Reply(FakeConversation conversation)
    {
        Seen = conversation;
        return conversation.ForcedTool is { } tool ? new FakeReply.ToolCall(tool, Value)
            : conversation.System.Contains("JSON schema", StringComparison.Ordinal) ? new FakeReply.Words($"Here it is: {Value}")
            : new FakeReply.Words($"I see {conversation.Pictures} pictures.\u001b[2J");
    }
}
