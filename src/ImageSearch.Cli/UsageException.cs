namespace ImageSearch.Cli;

/// <summary>Wrong arguments or configuration. The message says what is wrong, with the value, and the cure.</summary>
internal sealed class UsageException(string message) : Exception(message);
