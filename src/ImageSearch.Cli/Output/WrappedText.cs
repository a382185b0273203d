namespace ImageSearch.Cli.Output;

/// <summary>Breaks text into lines between words.</summary>
internal static class WrappedText
{
    /// <summary>The lines, none wider than <paramref name="width"/> unless a single word is.</summary>
    public static IReadOnlyList<string> Lines(string text, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = line.Length > 0 ? $"{line} {word}" : word;
            }
        }

        lines.Add(line);
        return lines;
    }
}
