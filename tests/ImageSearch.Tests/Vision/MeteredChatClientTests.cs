using ImageSearch.Spending;
using ImageSearch.Testing;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Vision;
using Microsoft.Extensions.AI;
using Xunit;
using static ImageSearch.Tests.Vision.VisionModels;

namespace ImageSearch.Tests.Vision;

public sealed class MeteredChatClientTests : IAsyncLifetime, IDisposable
{
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "What is this?")];
    private static readonly ChatOptions Options = new() { MaxOutputTokens = 100 };

    private readonly TempFolder _folder = new();
    private readonly SpendLedger _ledger;
    private FakeBedrock _server = null!; // set by InitializeAsync, before any test

    public MeteredChatClientTests() => _ledger = SpendLedger.Open(Path.Combine(_folder.Path, "spend.db"));

    public async Task InitializeAsync() => _server = await FakeBedrock.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _ledger.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(Claude, 0.001, 0.005)]
    [InlineData(Llama, 0.00024, 0.00097)]
    [InlineData(Pixtral, 0.002, 0.006)]
    public async Task What_an_answer_used_is_booked_whole_or_streamed(string model, decimal input, decimal output)
    {
        using var client = Metered(model: model);

        var whole = await client.GetResponseAsync(Question, Options);
        var streamed = await client.GetStreamingResponseAsync(Question, Options).ToChatResponseAsync();

        var spent = Assert.Single(_ledger.ByModel());
        var tokens = (whole.Usage!.InputTokenCount + streamed.Usage!.InputTokenCount, whole.Usage.OutputTokenCount + streamed.Usage.OutputTokenCount);
        Assert.Equal((tokens, 2L), ((spent.Usage.InputTokens, spent.Usage.OutputTokens), spent.Calls));
        Assert.Equal(((spent.Usage.InputTokens * input) + (spent.Usage.OutputTokens * output)) / 1000, spent.Dollars);
        Assert.Equal(2, _ledger.PaceOf(model, "judge")?.Calls);
    }

    [Theory]
    [InlineData(0.0001, null, null, "Spending:MaxCost")]
    [InlineData(null, 0.0001, null, "Vision:MaxCost)")]
    [InlineData(null, null, 0.0101, "Vision:MaxCostPerDay")]
    public async Task A_call_that_would_pass_a_cap_is_not_made_and_the_error_says_which(double? run, double? question, double? day, string cure)
    {
        using var client = Metered(
            new SpendCap((decimal?)run), new VisionBudget(new SpendCap((decimal?)question), (decimal?)day, () => 0.01m));

        var failure = await Assert.ThrowsAsync<VisionException>(() => client.GetResponseAsync(Question, Options));

        Assert.Equal(VisionFault.CostCapReached, failure.Fault);
        Assert.Contains(cure, failure.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public async Task What_a_question_did_not_use_of_its_cap_it_may_use_again()
    {
        var budget = new VisionBudget(new SpendCap(0.0008m), null, () => 0);
        using var client = Metered(budget: budget);

        for (var call = 0; call < 4; call++)
        {
            _ = await client.GetResponseAsync(Question, Options);
        }

        Assert.Equal(_ledger.ByModel().Sum(spent => spent.Dollars), budget.OfTheQuestion.Taken);
        Assert.Equal(4, _server.Calls.Count);
    }

    [Fact]
    public async Task A_refusal_costs_nothing_and_an_answer_that_breaks_off_counts_as_paid_in_full()
    {
        using var client = Metered();
        _server.Inject(new BedrockFault.Error("ValidationException", "no"));
        _ = await Assert.ThrowsAsync<VisionException>(() => client.GetResponseAsync(Question, Options));
        var refused = _ledger.ByModel();
        _server.Inject(new BedrockFault.StreamException(2, "modelStreamErrorException", "The model failed."));
        _ = await Assert.ThrowsAsync<VisionException>(() => client.GetStreamingResponseAsync(Question, Options).ToChatResponseAsync());

        Assert.Equal(0, refused.Sum(spent => spent.Dollars));
        Assert.Equal(VisionModels.PriceOf(Claude).Of(MeteredChatClient.MostOf(Question, Options, VisionModel.Of(Claude))), _ledger.ByModel().Sum(spent => spent.Dollars));
    }

    private MeteredChatClient Metered(SpendCap? cap = null, VisionBudget? budget = null, string model = Claude) => new(
        Client(_server, model), PriceOf(model), new SpendRun(() => _ledger, cap ?? new SpendCap(), TimeProvider.System), "judge", budget ?? VisionBudget.Unlimited);
}
