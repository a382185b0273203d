namespace ImageSearch.Indexer;

/// <summary>What the worker says to the log.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Worker started: share {Shard} of {Libraries} libraries into collection {Collection}, health and metrics at {Addresses}")]
    public static partial void WorkerStarted(this ILogger logger, string shard, int libraries, string collection, string addresses);

    [LoggerMessage(2, LogLevel.Information, "Library {Library} is up to date and watched")]
    public static partial void Watching(this ILogger logger, string library);

    [LoggerMessage(3, LogLevel.Warning, "{Dependency} is away for {Reporter}: {Message} Trying again in {Seconds:0.0} s")]
    public static partial void Away(this ILogger logger, string dependency, string reporter, string message, double seconds);

    [LoggerMessage(4, LogLevel.Information, "{Dependency} is there")]
    public static partial void There(this ILogger logger, string dependency);

    [LoggerMessage(5, LogLevel.Warning, "Library {Library} is also being indexed by {Other}: what both share is done twice, safely and to no use")]
    public static partial void Overlaps(this ILogger logger, string library, string other);

    [LoggerMessage(6, LogLevel.Information, "Worker stopped; what was under way is written, and the next start goes on")]
    public static partial void WorkerStopped(this ILogger logger);

    [LoggerMessage(7, LogLevel.Warning, "systemd cannot be told \"{Notice}\": {Message}")]
    public static partial void SystemdUnreachable(this ILogger logger, string notice, string message);
}
