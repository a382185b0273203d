using ImageSearch.Cli.Output;
using ImageSearch.Indexing;

namespace ImageSearch.Cli.Indexing;

/// <summary>Says on stdout what a watch did, one line a picture.</summary>
internal static class ChangeLine
{
    /// <summary>Prints the line at once; nothing for what is no picture.</summary>
    public static void Write(Terminal terminal, LibraryRoot library, IndexResult result)
    {
        var line = result switch
        {
            IndexResult.Indexed { Change: IndexChange.New } => $"new      {library.Name}/{result.Path}",
            IndexResult.Indexed => $"changed  {library.Name}/{result.Path}",
            IndexResult.Removed => $"removed  {library.Name}/{result.Path}",
            IndexResult.Failed failed => $"failed   {library.Name}/{result.Path}: {failed.Message}",
            _ => null,
        };
        if (line is not null)
        {
            lock (terminal)
            {
                terminal.Out.WriteLine(SafeText.OneLine(line));
                terminal.Out.Flush();
            }
        }
    }
}
