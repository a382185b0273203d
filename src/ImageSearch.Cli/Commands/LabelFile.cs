using ImageSearch.Searching;

namespace ImageSearch.Cli.Commands;

/// <summary>Reads labelled queries for the commands that evaluate.</summary>
internal static class LabelFile
{
    /// <summary>The queries in the file.</summary>
    /// <exception cref="UsageException">It cannot be read, or a line is wrong.</exception>
    public static IReadOnlyList<LabelledQuery> Read(string path)
    {
        try
        {
            return LabelledQuery.Read(File.ReadAllLines(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new UsageException($"The labels in {path} cannot be read: {exception.Message} Give a file with a query and its answers on each line, separated by tabs.");
        }
    }
}
