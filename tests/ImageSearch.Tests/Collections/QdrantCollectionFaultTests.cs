using System.Text.Json;
using ImageSearch.Collections;
using ImageSearch.Qdrant;
using ImageSearch.Qdrant.Model;
using ImageSearch.Testing.Conformance;
using ImageSearch.Testing.Qdrant;
using Xunit;

namespace ImageSearch.Tests.Collections;

/// <summary>What can go wrong with a server: nothing is lost, nothing is doubled, and the message says what to do.</summary>
public sealed class QdrantCollectionFaultTests : IAsyncLifetime
{
    private const string Upsert = "upsert_points";

    private static readonly CollectionFingerprint Fingerprint = new("test", 32, "1");

    private readonly IReadOnlyList<ImagePoint> _points = SamplePictures.Varied(250, 32, new Random(1));
    private QdrantPlace _place = null!; // set by InitializeAsync, before any test

    public async Task InitializeAsync() => _place = await QdrantPlace.OnFakeAsync();

    public async Task DisposeAsync() => await _place.DisposeAsync();

    public static TheoryData<string> Passing { get; } = ["lost before", "lost after it was applied", "answer cut", "rate limit with a time", "408", "502", "503", "504", "500", "not applied in time"];

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task What_passes_is_tried_again_and_nothing_is_lost_or_doubled(string fault)
    {
        await using var collection = await _place.OpenAsync(Fingerprint);
        _place.Fake.Inject(Fault(fault) with { Operation = Upsert, After = 1, Times = 2 });

        await collection.UpsertAsync(_points, default);

        Assert.Equal(_points.Count, await collection.CountAsync(ImageFilter.All, default));
        Assert.True(_place.Fake.Calls.Count(call => call.Operation == Upsert) > 3, "The calls that failed were made again.");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_to_be_unreachable()
    {
        await _place.Fake.StopAsync();

        var fault = await Assert.ThrowsAsync<CollectionException>(() => _place.OpenAsync(Fingerprint));

        Assert.Equal(CollectionFault.Unreachable, fault.Fault);
        Assert.Contains($"{_place.Address.Server.Authority} cannot be reached", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_the_server_dies_in_goes_on_when_it_is_back()
    {
        await using var collection = await _place.OpenAsync(Fingerprint);
        await collection.UpsertAsync([.. _points.Take(100)], default);
        await _place.Fake.StopAsync();
        var fault = await Assert.ThrowsAsync<CollectionException>(() => collection.UpsertAsync(_points, default));
        Assert.Equal(CollectionFault.Unreachable, fault.Fault);

        await _place.Fake.RestartAsync();
        await collection.UpsertAsync(_points, default);

        Assert.Equal(_points.Count, await collection.CountAsync(ImageFilter.All, default));
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_when_a_later_batch_fails()
    {
        await using var collection = await _place.OpenAsync(Fingerprint);
        _place.Fake.Inject(QdrantFault.QuotaExceeded with { After = 2 });

        var fault = await Assert.ThrowsAsync<CollectionException>(() => collection.UpsertAsync(_points, default));

        Assert.Equal(CollectionFault.Full, fault.Fault);
        Assert.Equal(200, await collection.CountAsync(ImageFilter.All, default));
    }

    [Theory]
    [InlineData(429, "Rate limiting exceeded: Write rate limit exceeded", CollectionFault.Unreachable, "rate limits")]
    [InlineData(400, "Bad request: Forbidden: Index required but not found for \"x\"", CollectionFault.Unreachable, "strict mode")]
    [InlineData(403, "Forbidden: Global manage access is required", CollectionFault.Unreachable, "may also write")]
    [InlineData(507, "Insufficient storage: Disk usage exceeds the configured quota", CollectionFault.Full, "Free some space")]
    [InlineData(500, "Service internal error: No space left on device: WAL buffer size exceeds available disk space", CollectionFault.Full, "Free some space")]
    public async Task What_does_not_pass_is_not_tried_again_and_names_the_cure(int status, string message, CollectionFault expected, string cure)
    {
        await using var collection = await _place.OpenAsync(Fingerprint);
        var before = _place.Fake.Calls.Count;
        _place.Fake.Inject(new QdrantFault.Error(status, message) { Operation = Upsert, Times = int.MaxValue });

        var fault = await Assert.ThrowsAsync<CollectionException>(() => collection.UpsertAsync([_points[0]], default));

        Assert.Equal(expected, fault.Fault);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Contains(cure, fault.Message, StringComparison.Ordinal);
        Assert.Equal(before + 1, _place.Fake.Calls.Count);
    }

    [Theory]
    [InlineData(400, "JSON payload (4194304 bytes) is larger than allowed (limit: 1048576 bytes).")]
    [InlineData(413, "<html>413 Request Entity Too Large</html>")]
    [InlineData(429, "Rate limiting exceeded: the request exceeds the limit by itself")]
    public async Task A_batch_that_is_too_much_is_written_in_halves(int status, string message)
    {
        await using var collection = await _place.OpenAsync(Fingerprint);
        _place.Fake.Inject(new QdrantFault.Answer(status, "text/plain", message) { Operation = Upsert, Times = 2 });

        await collection.UpsertAsync([.. _points.Take(80)], default);

        Assert.Equal(80, await collection.CountAsync(ImageFilter.All, default));
        int[] sizes = [.. _place.Fake.Calls.Where(call => call.Operation == Upsert).Select(call => JsonDocument.Parse(call.Body).RootElement.GetProperty("points").GetArrayLength())];
        Assert.Equal([80, 40, 20, 20, 40], sizes);
    }

    [Fact]
    public async Task A_write_that_is_never_applied_is_not_acknowledged()
    {
        await using var collection = await _place.OpenAsync(Fingerprint);
        _place.Fake.Inject(new QdrantFault.WaitTimeout { Operation = Upsert, Times = int.MaxValue });

        var fault = await Assert.ThrowsAsync<CollectionException>(() => collection.UpsertAsync([_points[0]], default));

        Assert.Equal(CollectionFault.Unreachable, fault.Fault);
        Assert.Contains("not applied it in time", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_that_was_dropped_meanwhile_is_missing_and_not_made_again()
    {
        await using var collection = await _place.OpenAsync(Fingerprint);
        await _place.DropAsync();

        var fault = await Assert.ThrowsAsync<CollectionException>(() => collection.UpsertAsync([_points[0]], default));

        Assert.Equal(CollectionFault.NotFound, fault.Fault);
        Assert.Contains("dropped while it was in use", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_that_was_made_again_for_other_vectors_meanwhile_takes_none_of_these()
    {
        await using var collection = await _place.OpenAsync(Fingerprint);
        await _place.DropAsync();
        await (await _place.OpenAsync(Fingerprint with { Dimension = 16 })).DisposeAsync();

        var fault = await Assert.ThrowsAsync<CollectionException>(() => collection.UpsertAsync([_points[0]], default));

        Assert.Equal(CollectionFault.FingerprintMismatch, fault.Fault);
        Assert.Contains("made again meanwhile", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_of_someone_else_is_left_alone()
    {
        using var client = new QdrantClient(_place.Options, TimeProvider.System);
        await client.CreateCollectionAsync(
            _place.Address.Collection, new CreateCollection { Vectors = new Dictionary<string, VectorParams> { ["a"] = new(4, VectorParams.Cosine) } }, default);

        var fault = await Assert.ThrowsAsync<CollectionException>(() => _place.OpenAsync(Fingerprint));
        using var server = new QdrantServer(_place.Address, null, TimeProvider.System);
        var dropping = await Assert.ThrowsAsync<CollectionException>(() => server.DropAsync(default));

        Assert.Equal((CollectionFault.ForeignFormat, CollectionFault.ForeignFormat), (fault.Fault, dropping.Fault));
        Assert.Contains("was not made by ImageSearch", fault.Message, StringComparison.Ordinal);
        Assert.True(await client.CollectionExistsAsync(_place.Address.Collection, default));
    }

    [Fact]
    public async Task Indexes_that_a_broken_off_opening_left_out_are_made_by_the_next()
    {
        _place.Fake.Inject(QdrantFault.QuotaExceeded with { Operation = "create_field_index", After = 5 });
        await Assert.ThrowsAsync<CollectionException>(() => _place.OpenAsync(Fingerprint));
        _place.Fake.ClearFaults();

        await using var collection = await _place.OpenAsync(Fingerprint);

        using var client = new QdrantClient(_place.Options, TimeProvider.System);
        var info = await client.GetCollectionInfoAsync(_place.Address.Collection, default);
        Assert.Equal(ImageSearch.Collections.Qdrant.PointFields.Indexes.Select(index => index.Field).Order(), info.PayloadSchema!.Keys.Order());
    }

    [Fact]
    public async Task A_call_that_waits_for_its_next_try_is_cancelled_at_once()
    {
        var patient = _place.Options with { RetryWritesFor = TimeSpan.FromHours(1) };
        await using var collection = await QdrantCollection.OpenAsync(_place.Address, patient, Fingerprint, CollectionAccess.Write, TimeProvider.System, default);
        _place.Fake.Inject(QdrantFault.RateLimited(600) with { Operation = Upsert, Times = int.MaxValue });
        using var stop = new CancellationTokenSource();
        var writing = collection.UpsertAsync([_points[0]], stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
    }

    private static QdrantFault Fault(string name) => name switch
    {
        "lost before" => new QdrantFault.Drop(Applied: false),
        "lost after it was applied" => new QdrantFault.Drop(Applied: true),
        "answer cut" => new QdrantFault.Cut(20),
        "rate limit with a time" => QdrantFault.RateLimited(0),
        "408" => new QdrantFault.Error(408, "Timeout: Operation timed out"),
        "502" => new QdrantFault.Answer(502, "text/html", "<html>Bad Gateway</html>"),
        "503" => QdrantFault.Unavailable,
        "504" => new QdrantFault.Answer(504, "text/plain", ""),
        "500" => new QdrantFault.Error(500, "Service internal error: something broke"),
        "not applied in time" => new QdrantFault.WaitTimeout(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };
}
