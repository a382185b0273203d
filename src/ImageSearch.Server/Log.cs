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

    [LoggerMessage(4, LogLevel.Warning, "A wrong key came from {Client}")]
    public static partial void WrongKey(this ILogger logger, string client);

    [LoggerMessage(5, LogLevel.Warning, "{Rendition} cannot be kept on disk and is made again each time: {Message}")]
    public static partial void NotKept(this ILogger logger, string rendition, string message);

    [LoggerMessage(10, LogLevel.Information, "Run of library {Library} ended: {Phase}, {Indexed} indexed, {Failures} failed. {Message}")]
    public static partial void RunEnded(this ILogger logger, string library, Libraries.LibraryPhase phase, long indexed, long failures, string? message);

    [LoggerMessage(11, LogLevel.Error, "Run of library {Library} broke off")]
    public static partial void RunBroken(this ILogger logger, Exception failure, string library);

    [LoggerMessage(12, LogLevel.Warning, "What the libraries hold cannot be told: {Message}")]
    public static partial void LedgersUnreadable(this ILogger logger, string message);
}
