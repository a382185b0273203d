using System.Text.RegularExpressions;

namespace ImageSearch.EndToEnd;

/// <summary>Takes out of output what is measured: times, and scores, which the embedder's own tests look after.</summary>
internal static partial class Measured
{
    /// <summary>The text with every time and score replaced by one of the same width.</summary>
    public static string Replaced(string text) => Score().Replace(Milliseconds().Replace(text, "0"), match => match.Value.Length > 6 ? "0.00000" : "0.000");

    [GeneratedRegex("(?<=\"elapsedMilliseconds\": )[0-9.]+")]
    private static partial Regex Milliseconds();

    [GeneratedRegex("\\b[0-9]\\.[0-9]{3,5}\\b")]
    private static partial Regex Score();
}
