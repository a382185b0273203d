namespace ImageSearch.Server;

/// <summary>What the server says to the log.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Server started: collection {Collection} at {Addresses}")]
    public static partial void ServerStarted(this ILogger logger, string collection, string addresses);

    [LoggerMessage(2, LogLevel.Warning, "The {Dependency} is away: {Message}")]
    public static partial void Away(this ILogger logger, string dependency, string message);

    [LoggerMessage(3, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void Failed(this ILogger logger, Exception failure, string method, string path);
}
