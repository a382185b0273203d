namespace ImageSearch.Searching;

/// <summary>The last item of a query that is being typed, as far as it goes.</summary>
/// <param name="Before">All before the item.</param>
/// <param name="Sign">Its minus, or nothing.</param>
/// <param name="Key">Its key in lower case; null for words.</param>
/// <param name="Head">What stands between the colon and the last comma, comma included.</param>
/// <param name="Text">The rest of it, without quotes.</param>
internal sealed record TypedItem(string Before, string Sign, string? Key, string Head, string Text)
{
    public static TypedItem LastOf(string query)
    {
        var start = LastOutsideQuotes(query, QueryScanner.IsBlank) + 1;
        var item = query[start..];
        var sign = item.StartsWith('-') ? "-" : "";
        var colon = item.IndexOf(':', StringComparison.Ordinal);
        var key = colon > sign.Length ? item[sign.Length..colon].ToLowerInvariant() : "";
        if (!QueryFilters.IsKnown(key))
        {
            return new TypedItem(query[..start], sign, null, "", Unquoted(item[sign.Length..]));
        }

        var value = item[(colon + 1)..];
        var comma = LastOutsideQuotes(value, c => c == ',') + 1;
        return new TypedItem(query[..start], sign, key, value[..comma], Unquoted(value[comma..]));
    }

    private static string Unquoted(string text) => string.Concat(text.Where(c => !QueryScanner.IsQuote(c)));

    private static int LastOutsideQuotes(string text, Func<char, bool> isSought)
    {
        var (last, isQuoted) = (-1, false);
        for (var i = 0; i < text.Length; i++)
        {
            isQuoted ^= QueryScanner.IsQuote(text[i]);
            last = !isQuoted && isSought(text[i]) ? i : last;
        }

        return last;
    }
}
