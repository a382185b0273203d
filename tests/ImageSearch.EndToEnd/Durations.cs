using System.Text.RegularExpressions;

namespace ImageSearch.EndToEnd;

/// <summary>Takes out of output what differs from run to run.</summary>
internal static partial class Durations
{
    /// <summary>The text with times that passed, and dates of files, replaced.</summary>
    public static string Replaced(string text) => Milliseconds().Replace(text, "\"elapsedMilliseconds\": N");

    [GeneratedRegex("\"elapsedMilliseconds\": [0-9.]+")]
    private static partial Regex Milliseconds();
}
