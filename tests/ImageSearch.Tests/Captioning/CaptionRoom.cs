using System.Security.Cryptography;
using System.Text.Json;
using ImageSearch.Bedrock;
using ImageSearch.Captioning;
using ImageSearch.Collections;
using ImageSearch.Imaging;
using ImageSearch.Pacing;
using ImageSearch.Spending;
using ImageSearch.Testing;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Tests.Bedrock;
using ImageSearch.Tests.Pacing;
using ImageSearch.Vision;

namespace ImageSearch.Tests.Captioning;

/// <summary>A collection of made pictures that a model of the stand-in describes, put together as a home does it.</summary>
internal sealed class CaptionRoom : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly SpendLedger _ledger;
    private readonly VisionCache _cache;
    private readonly Dictionary<string, byte[]> _files = [];

    private CaptionRoom(TempFolder folder, FakeBedrock server, EmbeddedCollection collection)
    {
        (_folder, Server, Collection) = (folder, server, collection);
        _ledger = SpendLedger.Open(Path.Combine(_folder.Path, "spend.db"));
        _cache = VisionCache.Open(Path.Combine(_folder.Path, "vision.db"));
    }

    /// <summary>The stand-in.</summary>
    public FakeBedrock Server { get; }

    /// <summary>Where the pictures are.</summary>
    public EmbeddedCollection Collection { get; }

    /// <summary>What was spent, in US dollars.</summary>
    public decimal Spent => _ledger.ByModel().Sum(spent => spent.Dollars);

    /// <summary>A room with so many pictures of noise.</summary>
    public static Task<CaptionRoom> OpenAsync(int pictures, Func<FakeConversation, FakeReply>? reply = null, Func<BedrockFault?>? nextFault = null) =>
        OpenAsync(Enumerable.Range(0, pictures).Select(number => ($"{number}.bmp", TinyPicture.Bmp(number))), reply ?? Describe, nextFault);

    /// <summary>A room with these pictures.</summary>
    public static async Task<CaptionRoom> OpenAsync(
        IEnumerable<(string Path, byte[] Bytes)> pictures, Func<FakeConversation, FakeReply> reply, Func<BedrockFault?>? nextFault = null)
    {
        var server = await FakeBedrock.StartAsync(new FakeBedrockOptions { Reply = reply, NextFault = nextFault ?? (() => null) });
        var folder = new TempFolder();
        var collection = await EmbeddedCollection.OpenAsync(
            Path.Combine(folder.Path, "collection"), new CollectionFingerprint("offline", 4, "1"), CollectionAccess.Write, TimeProvider.System, CancellationToken.None);
        var room = new CaptionRoom(folder, server, collection);
        foreach (var (path, bytes) in pictures)
        {
            room._files[path] = bytes;
            await collection.UpsertAsync([new ImagePoint(PointId.Of("photos", path), new float[] { 1, 0, 0, 0 }, PayloadOf(path, bytes))], CancellationToken.None);
        }

        return room;
    }

    /// <summary>Describes what has no caption, and gives what became of each picture.</summary>
    /// <param name="options">Which model, and what it may cost; patient unless they say otherwise.</param>
    /// <param name="time">The clock; by default one on which every wait for the provider is over at once.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<List<CaptionResult>> RunAsync(VisionOptions? options = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        options ??= new VisionOptions { Timeout = TimeSpan.FromHours(1) };
        time ??= new SkippingTimeProvider(TimeSpan.FromMinutes(1));
        var config = TestClient.Config(Server.Http1, retriesFailures: false);
        using var provider = new VisionProvider(
            options,
            new SpendRun(() => _ledger, new SpendCap(), TimeProvider.System),
            _ => 0,
            () => new ConverseChatClient(new BedrockRuntimeClient(TestClient.Credentials, config), new ConverseOptions { ModelId = options.Model }));
        using var pace = new CallPace(new CallPaceOptions { Metrics = CallMetrics.Vision, MostAtOnce = 4, FirstWidth = 4 }, time, new Random(7));
        var captioner = new LibraryCaptioner(
            new Captioner(provider, () => _cache, options, ImageLimits.Default, time, pace),
            Collection,
            (payload, _) => Task.FromResult<ReadOnlyMemory<byte>>(_files[payload.Path]));
        var results = new List<CaptionResult>();
        var missing = await captioner.SelectAsync(ImageFilter.All, CaptionScope.Missing, cancellationToken);
        await foreach (var result in captioner.CaptionAsync(missing, cancellationToken))
        {
            results.Add(result);
        }

        return results;
    }

    /// <summary>What is stored of every picture, in the order of paths.</summary>
    public async Task<List<ImagePayload>> StoredAsync() =>
        [.. (await Collection.ListAsync(ImageFilter.All, CancellationToken.None).ToListAsync()).Select(point => point.Payload).OrderBy(payload => payload.Path, StringComparer.Ordinal)];

    /// <summary>A usual description.</summary>
    public static FakeReply Describe(FakeConversation conversation) => Say(conversation, "a grey square", ["noise"], "");

    /// <summary>A description in the form of the model that is asked.</summary>
    public static FakeReply Say(FakeConversation conversation, string caption, IEnumerable<string> tags, string visibleText)
    {
        var json = JsonSerializer.Serialize(new { caption, tags, visibleText });
        return conversation.ForcedTool is { } tool ? new FakeReply.ToolCall(tool, json) : new FakeReply.Words(json);
    }

    /// <summary>What an indexer would store of a picture.</summary>
    public static ImagePayload PayloadOf(string path, byte[] bytes) => new()
    {
        Library = "photos",
        Path = path,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
        Bytes = bytes.Length,
        Modified = DateTimeOffset.UnixEpoch,
        Width = 8,
        Height = 8,
        Format = "bmp",
        Rating = 3,
        Tags = ["holiday"],
        Words = "holiday",
        Model = "offline",
        IndexedAt = DateTimeOffset.UnixEpoch,
    };

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Collection.DisposeAsync();
        _cache.Dispose();
        _ledger.Dispose();
        _folder.Dispose();
    }
}
