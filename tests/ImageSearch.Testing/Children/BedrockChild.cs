using System.Globalization;
using System.Text.Json;
using ImageSearch.Testing.Bedrock;

namespace ImageSearch.Testing.Children;

/// <summary>A <see cref="FakeBedrock"/> in a process of its own, so that its work is not counted as that of the client beside it.</summary>
public static class BedrockChild
{
    /// <summary>
    /// Arguments: milliseconds of latency, <see cref="StormKind"/>, the rate of a storm's half in calls a second. Says the HTTP/1.1 and the
    /// HTTP/2 address on one line; for every line that it reads, the seconds of the storm as JSON. Ends with its input.
    /// </summary>
    public const string Serve = "bedrock";

    internal static async Task ServeAsync(string[] arguments)
    {
        var storm = new ThrottleStorm(
            Enum.Parse<StormKind>(arguments[1]), double.Parse(arguments[2], CultureInfo.InvariantCulture), TimeProvider.System);
        await using var server = await FakeBedrock.StartAsync(new FakeBedrockOptions
        {
            Latency = TimeSpan.FromMilliseconds(int.Parse(arguments[0], CultureInfo.InvariantCulture)),
            NextFault = storm.Next,
            KeepsCalls = false,
        });
        await Console.Out.WriteLineAsync($"{server.Http1} {server.Http2}");
        while (await Console.In.ReadLineAsync() is not null)
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(storm.Seconds));
        }
    }
}
