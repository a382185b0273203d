using System.Text;

namespace ImageSearch.Collections;

/// <summary>
/// Text as it is compared: without case, without NUL, at which SQLite's text functions stop reading, and without halves of surrogate
/// pairs, which no encoding keeps.
/// </summary>
internal static class FoldedText
{
    public static string Of(string text)
    {
        var folded = text.ToLowerInvariant().Replace('\0', '\uFFFD');
        return folded.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(folded)) : folded;
    }
}
