using ImageSearch.Server.Safety;
using ImageSearch.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

public sealed class LoadSheddingTests : IDisposable
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider();

    private readonly ManualTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly LoadShedding _shedding;

    public LoadSheddingTests() => _shedding = new LoadShedding(new SafetyOptions { RequestsAtOnce = 1 }, _time);

    [Fact]
    public async Task Beyond_those_that_work_and_those_that_wait_requests_are_sent_away_at_once_and_the_waiting_soon_after()
    {
        var work = new TaskCompletionSource();
        var (first, working) = Start(work.Task);
        var waiting = Enumerable.Range(0, 8).Select(_ => Start(Task.CompletedTask)).ToList();

        var (shed, ended) = Start(Task.CompletedTask);
        await ended;
        Assert.Equal((503, "1"), (shed.Response.StatusCode, shed.Response.Headers.RetryAfter.ToString()));
        Assert.All(waiting, request => Assert.False(request.Ended.IsCompleted));

        _time.Advance(TimeSpan.FromMilliseconds(75));
        await Task.WhenAll(waiting.Select(request => request.Ended));
        Assert.All(waiting, request => Assert.Equal(503, request.Context.Response.StatusCode));

        work.SetResult();
        await working;
        Assert.Equal(200, first.Response.StatusCode);
        var (next, done) = Start(Task.CompletedTask);
        await done;
        Assert.Equal(200, next.Response.StatusCode);
    }

    [Fact]
    public async Task A_request_that_waits_is_let_in_when_another_ends()
    {
        var work = new TaskCompletionSource();
        var (_, working) = Start(work.Task);
        var (second, ended) = Start(Task.CompletedTask);
        Assert.False(ended.IsCompleted);

        work.SetResult();
        await Task.WhenAll(working, ended);

        Assert.Equal(200, second.Response.StatusCode);
    }

    [Fact]
    public async Task What_is_free_is_answered_while_all_else_is_sent_away()
    {
        var work = new TaskCompletionSource();
        var (_, working) = Start(work.Task);
        _ = Enumerable.Range(0, 8).Select(_ => Start(Task.CompletedTask)).ToList();

        var (health, ended) = Start(Task.CompletedTask, endpoint => endpoint.IsFree());
        await ended;

        Assert.Equal(200, health.Response.StatusCode);
        work.SetResult();
        await working;
    }

    [Fact]
    public async Task Questions_to_a_model_take_no_place_of_the_work_and_are_bounded_themselves()
    {
        var answers = new TaskCompletionSource();
        var waiting = Enumerable.Range(0, 16).Select(_ => Start(answers.Task, endpoint => endpoint.WaitsForModel())).ToList();

        var (search, searched) = Start(Task.CompletedTask);
        var (shed, ended) = Start(answers.Task, endpoint => endpoint.WaitsForModel());
        await Task.WhenAll(searched, ended);

        Assert.Equal((200, 503), (search.Response.StatusCode, shed.Response.StatusCode));
        answers.SetResult();
        await Task.WhenAll(waiting.Select(question => question.Ended));
        Assert.All(waiting, question => Assert.Equal(200, question.Context.Response.StatusCode));
    }

    public void Dispose() => _shedding.Dispose();

    private (DefaultHttpContext Context, Task Ended) Start(Task work, Action<TestEndpoint>? say = null)
    {
        var context = new DefaultHttpContext { RequestServices = Services };
        var endpoint = new TestEndpoint();
        say?.Invoke(endpoint);
        context.SetEndpoint(endpoint.Build());
        return (context, _shedding.LimitAsync(context, _ => work));
    }
}
