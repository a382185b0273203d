using ImageSearch.Cli.Output;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Cli.Indexing;

/// <summary>Prints log lines on stderr when <c>--verbose</c> asks for them.</summary>
internal sealed class StderrLogger<TCategory>(Terminal terminal, bool isVerbose) : ILogger<TCategory>
{
    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => isVerbose && logLevel >= LogLevel.Debug;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            terminal.Note("log", "grey", formatter(state, exception));
        }
    }
}
