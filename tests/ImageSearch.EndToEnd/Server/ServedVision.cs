using System.Text.Json;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>A server over a small indexed library that asks a scripted model.</summary>
public sealed class ServedVision : IAsyncLifetime, IDisposable
{
    private ScriptedJudge? _judge;
    private FakeBedrock? _model;
    private ServerRun? _server;

    /// <summary>Where it all lies.</summary>
    internal Workplace Workplace { get; } = new();

    /// <summary>The service that the model is asked of.</summary>
    internal FakeBedrock Model => _model!;

    /// <summary>The server.</summary>
    internal ServerRun Server => _server!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Workplace.AddPictures();
        _judge = new ScriptedJudge(Workplace.Pictures);
        _judge.Verdicts["blue-sea"] = ("keep", 9, "a blue sea");
        _judge.Verdicts["black-sky"] = ("unsure", 4, "dark");
        _model = await FakeBedrock.StartAsync(new FakeBedrockOptions { Reply = Reply });
        Workplace.UseBedrock(_model, "offline");
        _ = await Workplace.RunAsync("index", "pictures");
        _server = await ServerRun.StartedAsync(Workplace, "--vision", "true");
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        await Model.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => Workplace.Dispose();

    private FakeReply Reply(FakeConversation conversation)
    {
        if (conversation.ForcedTool != "describe")
        {
            return _judge!.Reply(conversation);
        }

        return new FakeReply.ToolCall("describe", JsonSerializer.Serialize(new { caption = "a zeppelin over the harbour", tags = new[] { "airship" }, visibleText = "CLOSED" }));
    }
}
