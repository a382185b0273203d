using ImageSearch.Searching;
using ImageSearch.Spending;
using ImageSearch.Testing;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Tests.Vision;
using ImageSearch.Vision;

namespace ImageSearch.Tests.Searching.Planning;

/// <summary>A planner over the stand-in and a collection with one picture, with a ledger and kept answers of its own.</summary>
internal sealed class PlannerRoom : IAsyncDisposable
{
    public static readonly DateOnly Today = new(2026, 11, 22);

    private readonly TempFolder _folder = new();
    private readonly SearchScene _scene;
    private readonly VisionCache _cache;

    private PlannerRoom(FakeBedrock server, SearchScene scene)
    {
        (Server, _scene) = (server, scene);
        Ledger = SpendLedger.Open(Path.Combine(_folder.Path, "spend.db"));
        _cache = VisionCache.Open(Path.Combine(_folder.Path, "vision.db"));
    }

    public FakeBedrock Server { get; }

    public SpendLedger Ledger { get; }

    /// <summary>A room whose model answers with this JSON, in the form of its family.</summary>
    public static Task<PlannerRoom> OpenAsync(string json) => OpenAsync(conversation => Answer(conversation, json));

    public static async Task<PlannerRoom> OpenAsync(Func<FakeConversation, FakeReply> reply)
    {
        var scene = await SearchScene.CreateAsync(2);
        var point = SearchScene.Point("a.jpg", [1, 0], taken: new DateTime(2019, 5, 1, 0, 0, 0, DateTimeKind.Unspecified));
        await scene.AddAsync(point with { Payload = point.Payload with { Camera = "Canon EOS R5", Rating = 4, Latitude = 41.9, Longitude = 12.5, Width = 4000 } });
        return new PlannerRoom(await FakeBedrock.StartAsync(new FakeBedrockOptions { Reply = reply }), scene);
    }

    public static FakeReply Answer(FakeConversation conversation, string json) =>
        conversation.ForcedTool is { } tool ? new FakeReply.ToolCall(tool, json) : new FakeReply.Words($"Here you are:\n```json\n{json}\n```");

    public QueryPlanner Planner(VisionOptions? options = null, TimeProvider? time = null)
    {
        options ??= new VisionOptions();
        var provider = new VisionProvider(
            options, new SpendRun(() => Ledger, new SpendCap(), TimeProvider.System), _ => 0, () => VisionModels.Client(Server, options.Model));
        return new QueryPlanner(new Interpreter(provider, () => _cache, options, time ?? TimeProvider.System), _scene.Collection, QueryPlanning.Rules, time ?? TimeProvider.System);
    }

    public Task<PlannedQuery> PlanAsync(string typed, VisionOptions? options = null) =>
        Planner(options).PlanAsync(QueryParser.Parse(typed), new PlanRequest(QueryPlanning.Model, Today));

    public Task<PlannedQuery> TranslateAsync(string typed, VisionOptions? options = null, QueryPlanning by = QueryPlanning.Rules) =>
        Planner(options).PlanAsync(QueryParser.Parse(typed), new PlanRequest(by, Today) { Translates = true });

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _scene.DisposeAsync();
        _cache.Dispose();
        Ledger.Dispose();
        _folder.Dispose();
    }
}
