using System.Globalization;
using System.Text.Json;
using ImageSearch.Cli.Output.Progress;
using ImageSearch.Indexing;
using ImageSearch.Pacing;
using ImageSearch.Testing.Bedrock;
using Spectre.Console;
using Xunit;

namespace ImageSearch.EndToEnd;

/// <summary>What is spent on a provider that costs: estimated before, capped, shown while it runs and afterwards, and never spent twice.</summary>
public sealed class SpendingTests : IAsyncLifetime, IDisposable
{
    private readonly Workplace _workplace = new();
    private FakeBedrock _server = null!; // set by InitializeAsync, before any test

    public async Task InitializeAsync()
    {
        _server = await FakeBedrock.StartAsync();
        _workplace.AddPictures();
        _workplace.UseBedrock(_server);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task A_run_says_what_it_spent_and_status_keeps_the_sum()
    {
        var indexed = await _workplace.RunAsync("index", "pictures");
        PngPicture.Write(_workplace.PictureAt("late.png"), 1, 200, 100);
        var again = await _workplace.RunAsync("index", "--output", "json");
        var status = await _workplace.RunAsync("status");
        var spending = await _workplace.RunAsync("status", "--spending", "--output", "json");

        Assert.Matches(@"^pictures: 4 files in [\d.]+ s: 4 new; \$0\.00024 spent\n$", indexed.Out);
        Assert.Equal(0.00006m, First(again).GetProperty("spent").GetDecimal());
        Assert.Contains("$0.0003 spent this month, $0.0003 in all\n", status.Out, StringComparison.Ordinal);
        Assert.Matches(@"amazon\.titan-embed-image-v1\s+\$0\.0003\s+\$0\.0003", status.Out);
        Assert.Equal((0.0003m, 0.0003m, 0m), (Dollars(spending, "thisMonth"), Dollars(spending, "inAll"), Dollars(spending, "unsettled")));
        Assert.Equal((5, 5), (First(spending).GetProperty("calls").GetInt64(), First(spending).GetProperty("pictures").GetInt64()));
    }

    [Fact]
    public async Task A_search_by_words_is_booked_by_the_tokens_that_the_service_counted()
    {
        _ = await _workplace.RunAsync("index", "pictures");
        _ = await _workplace.RunAsync("search", "a red flower");

        var spending = await _workplace.RunAsync("status", "--spending", "--output", "json");

        var tokens = First(spending).GetProperty("inputTokens").GetInt64();
        Assert.InRange(tokens, 1, 10);
        Assert.Equal(0.00024m + (tokens * 0.0000008m), Dollars(spending, "inAll"));
    }

    [Fact]
    public async Task A_run_stops_before_its_cap_is_passed_keeps_what_it_paid_for_and_goes_on_another_time()
    {
        var capped = await _workplace.RunAsync("index", "pictures", "--max-cost", "0.00013");
        var found = await _workplace.RunAsync("search", "--output", "paths");
        var rest = await _workplace.RunAsync("index", "pictures", "--max-cost", "0.00012");

        Assert.Equal(4, capped.ExitCode);
        Assert.Contains("2 new; $0.00012 spent; stopped early, run again to go on", capped.Out, StringComparison.Ordinal);
        Assert.Contains("would pass the cap of $0.00013", capped.Error, StringComparison.Ordinal);
        Assert.Contains("--max-cost", capped.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("refused", capped.Error, StringComparison.Ordinal);
        Assert.Equal(2, found.OutLines.Count);
        Assert.Equal(0, rest.ExitCode);
        Assert.Contains("2 new, 2 unchanged; $0.00012 spent", rest.Out, StringComparison.Ordinal);
        Assert.Equal(4, _server.Calls.Count);
    }

    [Fact]
    public async Task Under_a_cap_a_model_without_a_known_price_is_not_called()
    {
        _workplace.Environment["IMAGESEARCH__Embedding__Model"] = "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abcdefghijkl";

        var run = await _workplace.RunAsync("index", "pictures", "--max-cost", "1");
        var estimate = await _workplace.RunAsync("estimate", "pictures");

        Assert.DoesNotContain("$", estimate.Out, StringComparison.Ordinal);
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("Set Spending:PicturePrice", run.Error, StringComparison.Ordinal);
        Assert.Contains("whose price is not known: set Spending:PicturePrice\n", estimate.Out, StringComparison.Ordinal);
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public async Task An_estimate_says_calls_copies_cached_dollars_and_time_and_where_the_time_is_from()
    {
        File.Copy(_workplace.PictureAt("red-flower.png"), _workplace.PictureAt("copy.png"));
        var before = await _workplace.RunAsync("estimate", "pictures");
        Assert.False(Directory.Exists(_workplace.Home));
        Assert.Empty(_server.Calls);
        _ = await _workplace.RunAsync("index", "pictures");
        PngPicture.Write(_workplace.PictureAt("late.png"), 1, 200, 100);

        var after = await _workplace.RunAsync("estimate", "pictures", "--collection", "other", "--output", "json");
        var dryRun = await _workplace.RunAsync("index", "pictures", "--collection", "other", "--dry-run", "--max-cost", "0.00001");

        Assert.Contains("embed 4 pictures: 1 saved as copies\n", before.Out, StringComparison.Ordinal);
        Assert.Contains("$0.00024 for 4 calls of amazon.titan-embed-image-v1 at $0.00006 each (", before.Out, StringComparison.Ordinal);
        Assert.Contains("about 0.3 s with 32 calls at once, 0.3 s each (assumed: none was measured yet)\n", before.Out, StringComparison.Ordinal);
        var estimate = First(after);
        var counts = new[] { "new", "calls", "copies", "cached", "measuredCalls" }.Select(name => estimate.GetProperty(name).GetInt64());
        Assert.Equal([6, 1, 1, 4, 4], counts);
        Assert.Equal(0.00006m, Dollars(after, "price"));
        Assert.InRange(estimate.GetProperty("secondsPerCall").GetDouble(), 0.0001, 60);
        Assert.Contains("(measured: 4 calls since ", dryRun.Out, StringComparison.Ordinal);
        Assert.Contains("that is more than $0.00001, where a run would stop\n", dryRun.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prices_of_settings_replace_the_known_ones()
    {
        _workplace.Environment["IMAGESEARCH__Spending__PicturePrice"] = "0.5";
        _workplace.Environment["IMAGESEARCH__Spending__PricesAsOf"] = "2026-11-01";

        var estimate = await _workplace.RunAsync("estimate", "pictures");

        Assert.Contains("$2.00 for 4 calls of amazon.titan-embed-image-v1 at $0.50 each (settings, 2026-11-01)\n", estimate.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Indexing_again_moving_copying_rebuilding_and_a_second_collection_pay_nothing()
    {
        _ = await _workplace.RunAsync("index", "pictures");
        File.Move(_workplace.PictureAt("red-flower.png"), _workplace.PictureAt("sea/moved.png"));
        File.Copy(_workplace.PictureAt("green-meadow.png"), _workplace.PictureAt("copy.png"));
        Directory.Move(_workplace.PictureAt("night"), _workplace.PictureAt("day"));

        foreach (var arguments in new string[][] { ["index", "pictures"], ["index"], ["index", "--collection", "second"] })
        {
            var run = await _workplace.RunAsync(arguments);
            Assert.Equal(0, run.ExitCode);
            Assert.Contains("; $0.00 spent\n", run.Out, StringComparison.Ordinal);
        }

        Directory.Delete(Path.Combine(_workplace.Home, "collections"), recursive: true);
        Assert.Contains("; $0.00 spent\n", (await _workplace.RunAsync("index")).Out, StringComparison.Ordinal);
        Assert.Equal(4, _server.Calls.Count);
        Assert.Equal(0.00024m, Dollars(await _workplace.RunAsync("status", "--spending", "--output", "json"), "inAll"));
    }

    [Theory]
    [InlineData("0.0312", "$0.0312")]
    [InlineData("0", "$0.00")]
    [InlineData("12.5", "$12.50")]
    [InlineData("0.00024", "$0.00024")]
    public void The_progress_line_holds_the_running_total(string spent, string shown)
    {
        Assert.Contains(shown, Line(null, decimal.Parse(spent, CultureInfo.InvariantCulture)).Split("  "));
        Assert.DoesNotContain("$", Line(null, null), StringComparison.Ordinal);
    }

    [Fact]
    public void The_progress_line_holds_the_calls_in_flight_their_width_and_how_long_there_are_none()
    {
        var calls = new CallPaceStatus(Width: 32, InFlight: 31, Waiting: 9, TimeSpan.Zero, Calls: 100, Throttles: 0, Failures: 0);

        Assert.Contains("31 of 32 calls", Line(calls, 1).Split("  "));
        Assert.Contains("0 of 22 calls, throttled for 12 s", Line(calls with { Width = 22, InFlight = 0, Pause = TimeSpan.FromSeconds(12) }, 1).Split("  "));
        Assert.DoesNotContain("calls", Line(null, 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offline_nothing_speaks_of_money()
    {
        _workplace.Environment["IMAGESEARCH__Embedding__Provider"] = "offline";
        var outputs = new List<string>();

        foreach (var arguments in new string[][] { ["estimate", "pictures"], ["index", "pictures"], ["index", "--output", "json"], ["estimate", "--output", "json"], ["status"] })
        {
            outputs.Add((await _workplace.RunAsync(arguments)).Out);
        }

        Assert.All(outputs, output =>
        {
            Assert.DoesNotContain("$", output, StringComparison.Ordinal);
            Assert.DoesNotContain("price", output, StringComparison.Ordinal);
            Assert.DoesNotContain("spent", output, StringComparison.Ordinal);
        });
        Assert.False(File.Exists(Path.Combine(_workplace.Home, "spend.db")));
    }

    private static JsonElement First(ProgramRun run)
    {
        using var json = JsonDocument.Parse(run.Out);
        return json.RootElement[0].Clone();
    }

    private static decimal Dollars(ProgramRun run, string name) => First(run).GetProperty(name).GetDecimal();

    private static string Line(CallPaceStatus? pace, decimal? spent)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 200;
        console.Write(ProgressLine.Draw("pictures", new IndexSummary { New = 5 }, total: 10, rate: 2, pace, spent, isStopping: false));
        return output.ToString().TrimEnd();
    }
}
