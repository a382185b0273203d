using System.Text.RegularExpressions;

namespace ImageSearch.EndToEnd;

/// <summary>Takes out of output what is measured: times, and scores, which the embedder's own tests look after.</summary>
internal static partial class Measured
{
    /// <summary>The text with every time and score replaced by zero.</summary>
    public static string Replaced(string text) => InTable().Replace(InJson().Replace(text, "0"), "0.000");

    [GeneratedRegex("(?<=\"(?:elapsedMilliseconds|score|contribution)\": ?)-?[0-9.E-]+")]
    private static partial Regex InJson();

    [GeneratedRegex("\\b[0-9]\\.[0-9]{3,4}\\b")]
    private static partial Regex InTable();
}
