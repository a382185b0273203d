using ImageSearch.Testing.Bedrock;
using ImageSearch.Testing.S3;
using Xunit;

namespace ImageSearch.EndToEnd;

/// <summary>A large library through batch inference, set up by environment variables as it would be against AWS.</summary>
public sealed class BatchTests : IAsyncLifetime, IDisposable
{
    private const int Pictures = 120;
    private static readonly string[] Batch = ["index", "pictures", "--batch", "s3://pictures-batch/run", "--batch-role", "arn:aws:iam::123456789012:role/batch"];

    private readonly Workplace _workplace = new();
    private FakeS3 _storage = null!; // set by InitializeAsync, before any test
    private FakeBedrock _server = null!; // set by InitializeAsync, before any test

    public async Task InitializeAsync()
    {
        _storage = await FakeS3.StartAsync();
        _server = await FakeBedrock.StartAsync(new FakeBedrockOptions { Batch = new FakeBatchOptions { Buckets = _storage.Buckets } });
        for (var at = 0; at < Pictures; at++)
        {
            PngPicture.Write(_workplace.PictureAt($"{at:D3}.png"), (byte)at, (byte)(255 - at), 90);
        }

        _workplace.UseBedrock(_server);
        _workplace.Environment["AWS_ENDPOINT_URL_BEDROCK"] = _server.Http1.ToString();
        _workplace.Environment["AWS_ENDPOINT_URL_S3"] = _storage.Url.ToString();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _storage.DisposeAsync();
    }

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task A_library_is_embedded_in_a_batch_and_then_indexed_without_a_single_call()
    {
        var run = await _workplace.RunAsync(Batch);

        Assert.Equal((0, ""), (run.ExitCode, run.ExitCode == 0 ? "" : run.Error));
        Assert.Contains("120 copied", run.Out, StringComparison.Ordinal);
        Assert.Contains("batch: job Completed: 120 pictures embedded", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("goes on at Amazon Bedrock", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Calls, call => call.Operation == "InvokeModel");
        Assert.Equal(120, (await _workplace.RunAsync("search", "type:png", "--limit", "1000", "--output", "paths")).OutLines.Count);
    }

    [Fact]
    public async Task Ctrl_C_leaves_the_job_running_and_the_same_command_collects_it()
    {
        _server.ScriptNextJob(new FakeJobScript { LooksInProgress = 2 });
        using var process = _workplace.Start(Batch);
        var lines = new List<string>();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (line.Contains("job submitted", StringComparison.Ordinal))
            {
                break;
            }
        }

        await StopTests.SignalAsync(process, "INT");
        var stopped = await Workplace.FinishAsync(process);
        var resumed = await _workplace.RunAsync(Batch);

        Assert.Equal(130, stopped.ExitCode);
        Assert.Contains("Run the same command again", stopped.Error, StringComparison.Ordinal);
        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains("going on with 1 job", resumed.Error, StringComparison.Ordinal);
        Assert.Contains("120 copied", resumed.Out, StringComparison.Ordinal);
        Assert.Single(_server.Calls, call => call.Operation == "CreateModelInvocationJob");
        Assert.DoesNotContain(_server.Calls, call => call.Operation == "InvokeModel");
    }

    [Fact]
    public async Task A_job_that_fails_stops_the_run_before_anything_is_paid_in_full()
    {
        _server.ScriptNextJob(new FakeJobScript { End = "Failed", Processed = 0, Message = "The role cannot be assumed" });

        var run = await _workplace.RunAsync(Batch);

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("The role cannot be assumed", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ImageSearch.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Calls, call => call.Operation == "InvokeModel");
    }

    [Theory]
    [InlineData("offers no batches", "--provider", "offline")]
    [InlineData("cannot be \"bucket\"", "--batch", "bucket")]
    public async Task What_cannot_be_a_batch_is_said_at_once(string message, string option, string value)
    {
        string[] arguments = option == "--batch" ? ["index", "pictures", option, value] : [.. Batch, option, value];

        var run = await _workplace.RunAsync(arguments);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public async Task A_dry_run_says_the_price_of_a_batch_beside_that_of_calls_and_sends_nothing()
    {
        var run = await _workplace.RunAsync([.. Batch, "--dry-run"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("$0.0072 for 120 calls", run.Out, StringComparison.Ordinal);
        Assert.Contains("$0.0036 by batch inference", run.Out, StringComparison.Ordinal);
        Assert.Empty(_server.Calls);
        Assert.Empty(_storage.Calls);
    }

    [Fact]
    public async Task Without_a_role_it_is_said_which_one_is_missing()
    {
        var run = await _workplace.RunAsync("index", "pictures", "--batch", "s3://pictures-batch/run");

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("--batch-role", run.Error, StringComparison.Ordinal);
    }
}
