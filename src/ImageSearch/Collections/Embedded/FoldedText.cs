namespace ImageSearch.Collections.Embedded;

/// <summary>Text as it is compared: without case, and without NUL, at which SQLite's text functions stop reading.</summary>
internal static class FoldedText
{
    public static string Of(string text) => text.ToLowerInvariant().Replace('\0', '\uFFFD');
}
