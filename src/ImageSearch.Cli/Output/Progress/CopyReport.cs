namespace ImageSearch.Cli.Output.Progress;

/// <summary>Says on stderr how far a copy has come, a line every ten thousand pictures.</summary>
internal sealed class CopyReport(Terminal terminal) : IProgress<long>
{
    private const int PicturesPerLine = 10_000;

    private long _told;

    /// <inheritdoc/>
    public void Report(long value)
    {
        if (value / PicturesPerLine > _told / PicturesPerLine)
        {
            terminal.Error.WriteLine($"{Counted.Text(value, "picture")} gone through");
        }

        _told = value;
    }
}
