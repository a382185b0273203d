using System.Net;
using System.Net.Sockets;
using ImageSearch.Bedrock;
using ImageSearch.Embedding;
using ImageSearch.Spending;
using ImageSearch.Testing;
using Microsoft.Extensions.AI;
using Xunit;

namespace ImageSearch.Tests.Embedding;

public sealed class MeteredEmbeddingGeneratorTests : IDisposable
{
    private static readonly ModelPrice Price = new("model", 0.00006m, 0.0008m, new DateOnly(2026, 1, 1));
    private static readonly DataContent Picture = EmbeddingInput.Picture(new byte[] { 1, 2, 3 }, "image/png", "words that are not sent");

    private readonly TempFolder _folder = new();
    private readonly CountingGenerator _inner = new();
    private readonly SpendLedger _ledger;

    public MeteredEmbeddingGeneratorTests()
    {
        _ledger = SpendLedger.Open(Path.Combine(_folder.Path, "spend.db"));
    }

    public void Dispose()
    {
        _ledger.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Pictures_and_the_tokens_that_the_provider_counted_are_booked()
    {
        var run = Run();
        using var metered = Metered(run);

        await metered.GenerateAsync([Picture, new TextContent("a text of more bytes than the two tokens that are counted")]);

        Assert.Equal(new ModelSpend("model", 1, new SpendUsage(1, 2), 0.0000616m, 0), Assert.Single(_ledger.ByModel()));
        Assert.Equal(0.0000616m, run.Spent);
    }

    [Theory]
    [InlineData(EmbeddingRole.Document, "document")]
    [InlineData(EmbeddingRole.Query, "query")]
    public async Task A_call_is_booked_for_its_side_of_the_search(EmbeddingRole role, string purpose)
    {
        using var metered = Metered(Run());

        await metered.GenerateAsync([Picture], EmbeddingInput.For(role));

        Assert.Equal(1, _ledger.PaceOf("model", purpose)?.Calls);
    }

    [Fact]
    public async Task A_call_that_would_pass_the_cap_is_not_made_and_the_error_says_what_was_spent()
    {
        using var metered = Metered(Run(new SpendCap(0.00015m)));
        await metered.GenerateAsync([Picture]);
        await metered.GenerateAsync([Picture]);

        var refused = await Assert.ThrowsAsync<EmbeddingException>(() => metered.GenerateAsync([Picture]));

        Assert.Equal(EmbeddingFault.CostCapReached, refused.Fault);
        Assert.False(refused.IsTransient);
        Assert.Contains("may cost $0.00006 and would pass the cap of $0.00015: $0.00012 is spent", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, _inner.Calls.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Thirty_two_calls_at_once_never_pass_the_cap(int seed)
    {
        var cap = new SpendCap(0.004321m);
        var run = Run(cap);
        var highest = 0m;
        _inner.Inside = async (call, cancellationToken) =>
        {
            await Task.Yield();
            lock (cap)
            {
                highest = Math.Max(highest, Math.Max(cap.Taken, _ledger.ByModel().Sum(spend => spend.Dollars)));
            }

            if ((call + seed) % 5 == 0)
            {
                throw new EmbeddingException((call + seed) % 2 == 0 ? EmbeddingFault.Throttled : EmbeddingFault.ProviderFailed, "failed");
            }
        };
        using var metered = Metered(run);
        var refusals = 0;

        await Parallel.ForAsync(0, 32, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (worker, cancellationToken) =>
        {
            var random = new Random((seed * 100) + worker);
            for (var call = 0; call < 20; call++)
            {
                AIContent content = random.Next(3) == 0 ? new TextContent(new string('x', random.Next(1, 300))) : Picture;
                try
                {
                    await metered.GenerateAsync([content], cancellationToken: cancellationToken);
                }
                catch (EmbeddingException refusal)
                {
                    _ = refusal.Fault == EmbeddingFault.CostCapReached ? Interlocked.Increment(ref refusals) : 0;
                }
            }
        });

        Assert.InRange(highest, 0.002m, 0.004321m);
        Assert.InRange(refusals, 1, 32 * 20);
        Assert.Equal(run.Spent, cap.Taken);
        Assert.Equal(run.Spent, _ledger.ByModel().Sum(spend => spend.Dollars));
    }

    public static TheoryData<string, Exception, decimal> Failures() => new()
    {
        { "refused input", new EmbeddingException(EmbeddingFault.InputRejected, "no"), 0 },
        { "throttled", new EmbeddingException(EmbeddingFault.Throttled, "no"), 0 },
        { "no access", new EmbeddingException(EmbeddingFault.AccessRefused, "no"), 0 },
        { "error of the service", Failed(new InternalServerException("no", null) { StatusCode = HttpStatusCode.InternalServerError }), 0 },
        { "never connected", Failed(new BedrockException("no", new HttpRequestException(HttpRequestError.ConnectionError, "no", new SocketException()))), 0 },
        { "broken off", Failed(new BedrockException("no", new HttpRequestException(HttpRequestError.ResponseEnded, "no"))), 0.00006m },
        { "timed out", Failed(new BedrockException("no", new TimeoutException())), 0.00006m },
        { "cut answer", Failed(new BedrockException("no") { StatusCode = HttpStatusCode.OK }), 0.00006m },
        { "no embedding in it", new EmbeddingException(EmbeddingFault.UnusableAnswer, "no"), 0.00006m },
        { "cancelled", new OperationCanceledException(), 0.00006m },
        { "a bug", new InvalidOperationException("no"), 0.00006m },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task What_a_failed_call_costs_depends_on_whether_it_can_have_been_answered(string which, Exception failure, decimal cost)
    {
        var run = Run(new SpendCap(1));
        _inner.Inside = (_, _) => throw failure;
        using var metered = Metered(run);

        var thrown = await Record.ExceptionAsync(() => metered.GenerateAsync([Picture]));

        Assert.Same(failure, thrown);
        Assert.True(cost == run.Spent, which);
        Assert.Equal(cost, run.Cap.Taken);
        Assert.Equal(cost, _ledger.ByModel().Sum(spend => spend.Dollars));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_is_made_is_not_booked()
    {
        using var metered = Metered(Run());

        await Assert.ThrowsAsync<OperationCanceledException>(() => metered.GenerateAsync([Picture], cancellationToken: new CancellationToken(canceled: true)));

        Assert.Empty(_ledger.ByModel());
        Assert.Empty(_inner.Calls);
    }

    [Fact]
    public async Task A_call_that_cannot_be_booked_is_not_made()
    {
        var cap = new SpendCap(1);
        var path = Path.Combine(_folder.Path, "notes.txt");
        File.WriteAllText(path, new string('x', 5000));
        using var metered = Metered(new SpendRun(() => SpendLedger.Open(path), cap, TimeProvider.System));

        await Assert.ThrowsAsync<SpendLedgerException>(() => metered.GenerateAsync([Picture]));

        Assert.Empty(_inner.Calls);
        Assert.Equal(0, cap.Taken);
    }

    private static EmbeddingException Failed(BedrockException cause) => new(EmbeddingFault.ProviderFailed, "failed", cause) { IsTransient = true };

    private SpendRun Run(SpendCap? cap = null) => new(() => _ledger, cap ?? new SpendCap(), TimeProvider.System);

    private MeteredEmbeddingGenerator Metered(SpendRun run) => new(_inner, Price, run);
}
