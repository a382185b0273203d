using Microsoft.Extensions.Logging;

namespace ImageSearch.Indexing;

/// <summary>What indexing says to the log. Paths are those below the library's root.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Indexing library {Library}, part '{Folder}'")]
    public static partial void RunStarted(this ILogger logger, string library, string folder);

    [LoggerMessage(2, LogLevel.Information, "Indexing library {Library} ended: {Outcome}; {Found} found, {New} new, {Changed} changed, {Unchanged} unchanged, {Skipped} skipped, {Failed} failed, {Removed} removed, {Embedded} embedded")]
    public static partial void RunEnded(
        this ILogger logger, string library, RunOutcome outcome, long found, long @new, long changed, long unchanged, long skipped, long failed, long removed, long embedded);

    [LoggerMessage(3, LogLevel.Warning, "{Path} failed: {Reason}: {Message}")]
    public static partial void FileFailed(this ILogger logger, string path, Imaging.ImageRefusal reason, string message);

    [LoggerMessage(4, LogLevel.Warning, "An earlier process died while it was on {Path}")]
    public static partial void DiedOn(this ILogger logger, string path);

    [LoggerMessage(5, LogLevel.Debug, "Watching {Library}: {Folder} changed")]
    public static partial void FolderChanged(this ILogger logger, string library, string folder);
}
