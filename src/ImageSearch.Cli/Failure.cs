using ImageSearch.Cli.Output;
using ImageSearch.Collections;
using ImageSearch.Embedding;
using ImageSearch.Imaging;
using ImageSearch.Indexing;
using ImageSearch.Searching;
using ImageSearch.Settings;
using ImageSearch.Spending;
using ImageSearch.Vision;

namespace ImageSearch.Cli;

/// <summary>What went wrong, as one line with its cure and an exit code: the one place where exceptions become codes.</summary>
internal static class Failure
{
    /// <summary>Prints the line, with the stack when it was asked for, and gives the code.</summary>
    public static ExitCode Report(Exception exception, Terminal terminal, bool withStack)
    {
        var code = CodeOf(exception);
        var isExpected = code != ExitCode.Failed || exception is IndexException or ImageLibraryException or ImageFormatException or EmbeddingCacheException or VisionCacheException or SpendLedgerException or InvalidDataException;
        terminal.WriteError(isExpected || withStack ? exception.Message : $"{exception.Message} (unexpected {exception.GetType().Name}; --verbose shows where)");
        if (withStack)
        {
            terminal.Error.WriteLine(exception);
        }

        return code;
    }

    /// <summary>The exit code of an exception that ended the run.</summary>
    public static ExitCode CodeOf(Exception exception) => exception switch
    {
        UsageException or SettingException or QueryException or QuestionException => ExitCode.Usage,
        CollectionException { Fault: CollectionFault.Busy } => ExitCode.LibraryLocked,
        CollectionException => ExitCode.CollectionUnusable,
        IndexException index => CodeOf(index.Fault),
        EmbeddingException or BatchException or VisionException => ExitCode.ProviderRefused,
        _ => ExitCode.Failed,
    };

    private static ExitCode CodeOf(IndexFault fault) => fault switch
    {
        IndexFault.LibraryUnknown => ExitCode.Usage,
        IndexFault.ProviderRefused or IndexFault.ProviderUnavailable or IndexFault.CostCapReached => ExitCode.ProviderRefused,
        IndexFault.CollectionUnusable => ExitCode.CollectionUnusable,
        IndexFault.LibraryLocked => ExitCode.LibraryLocked,
        _ => ExitCode.Failed,
    };
}
