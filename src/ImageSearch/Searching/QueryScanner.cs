using System.Globalization;
using System.Text;

namespace ImageSearch.Searching;

/// <summary>Cuts the text of a query into items: <c>[-][weight:](word | "text" | key:value[,value…])</c>.</summary>
internal sealed class QueryScanner
{
    private const int LongestWeight = 8;

    private readonly string _text;

    /// <summary>Where each character of <see cref="_text"/> stands in what was typed.</summary>
    private readonly int[] _origins;

    private int _position;

    public QueryScanner(string typed)
    {
        _origins = [.. Enumerable.Range(0, typed.Length).Where(index => !IsDirectionMark(typed[index]))];
        _text = string.Create(_origins.Length, (typed, _origins), static (clean, source) =>
        {
            for (var i = 0; i < clean.Length; i++)
            {
                clean[i] = Whole(source.typed, source._origins[i]);
            }
        });
    }

    /// <summary>White space and control characters, which separate words.</summary>
    public static bool IsBlank(char c) => char.IsWhiteSpace(c) || char.IsControl(c);

    /// <summary>The invisible marks of text direction, and the byte order mark: they come along when text is copied and mean nothing here.</summary>
    public static bool IsDirectionMark(char c) =>
        c is '\u061C' or '\u200E' or '\u200F' or '\uFEFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>Straight and typographic double quotes, which phones and word processors put in place of each other.</summary>
    public static bool IsQuote(char c) => c is '"' or '“' or '”' or '„';

    /// <summary>The next item, or null at the end.</summary>
    /// <exception cref="QueryException">A quote is not closed.</exception>
    public QueryItem? Next()
    {
        while (_position < _text.Length && IsBlank(_text[_position]))
        {
            _position++;
        }

        if (_position == _text.Length)
        {
            return null;
        }

        var start = _position;
        var negated = IsMinus(start);
        _position += negated ? 1 : 0;
        var weight = ReadWeight();
        QueryItem item = IsQuote(Current) ? new QueryItem.Quoted(ReadQuoted()) : (QueryItem?)ReadFilter() ?? new QueryItem.Word(ReadWord());
        return item with { Negated = negated, Weight = weight, Position = _origins[start], Source = _text[start.._position] };
    }

    /// <summary>A hyphen at the start of an item and right before text; one that follows a closed quote is part of the words.</summary>
    private bool IsMinus(int position) =>
        _text[position] == '-'
        && (position == 0 || IsBlank(_text[position - 1]))
        && position + 1 < _text.Length && _text[position + 1] != '-' && !IsBlank(_text[position + 1]);

    private char Current => _position < _text.Length ? _text[_position] : ' ';

    /// <summary>A number and a colon, unless a digit or nothing follows: <c>2:cat</c> has a weight, <c>12:30</c> is a time of day.</summary>
    private double? ReadWeight()
    {
        var colon = _text.IndexOf(':', _position, Math.Min(LongestWeight, _text.Length - _position));
        if (colon < 0 || !char.IsAsciiDigit(Current) || colon + 1 == _text.Length || char.IsDigit(_text[colon + 1]) || IsBlank(_text[colon + 1]))
        {
            return null;
        }

        var number = _text.AsSpan(_position, colon - _position);
        var isWeight = double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
            && weight < 1000;
        _position = isWeight ? colon + 1 : _position;
        return isWeight ? weight : null;
    }

    private QueryItem.Filter? ReadFilter()
    {
        var end = _position;
        while (end < _text.Length && char.IsAsciiLetter(_text[end]))
        {
            end++;
        }

        if (end == _position || end == _text.Length || _text[end] != ':')
        {
            return null;
        }

        var key = _text[_position..end].ToLowerInvariant();
        var value = end + 1;
        if (!QueryFilters.IsKnown(key))
        {
            return QueryFilters.Nearest(key) is { } nearest && !_text.AsSpan(value).StartsWith("//")
                ? throw UnknownKey(key, nearest)
                : null;
        }

        _position = value;
        return new QueryItem.Filter(key, ReadValues());
    }

    private QueryException UnknownKey(string key, string nearest)
    {
        var start = _position;
        var word = ReadWord();
        return new QueryException(
            $"There is no filter '{key}:'.", $"Did you mean '{nearest}:'? To search for the text itself, put it in quotes.", word, _origins[start]);
    }

    private List<string> ReadValues()
    {
        var values = new List<string>();
        var value = new StringBuilder();
        while (_position < _text.Length && !IsBlank(_text[_position]))
        {
            if (_text[_position] == ',')
            {
                values.Add(value.ToString());
                _ = value.Clear();
                _position++;
            }
            else if (IsQuote(_text[_position]))
            {
                _ = value.Append(ReadQuoted());
            }
            else
            {
                _ = value.Append(_text[_position++]);
            }
        }

        values.Add(value.ToString());
        return values;
    }

    /// <summary>What stands between quotes; a doubled quote stands for itself.</summary>
    private string ReadQuoted()
    {
        var start = _position++;
        var quoted = new StringBuilder();
        while (_position < _text.Length)
        {
            var c = _text[_position++];
            if (!IsQuote(c))
            {
                _ = quoted.Append(c);
            }
            else if (IsQuote(Current))
            {
                _ = quoted.Append(_text[_position++]);
            }
            else
            {
                return quoted.ToString();
            }
        }

        throw new QueryException("The quote is not closed.", "Close it, or leave it out.", _text[start..], _origins[start]);
    }

    private string ReadWord()
    {
        var start = _position;
        while (_position < _text.Length && !IsBlank(_text[_position]))
        {
            _position++;
        }

        return _text[start.._position];
    }

    /// <summary>Halves of characters become U+FFFD and NUL a space, as neither databases nor models take them.</summary>
    private static char Whole(string text, int index)
    {
        var c = text[index];
        var isHalf = (char.IsHighSurrogate(c) && (index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1])))
            || (char.IsLowSurrogate(c) && (index == 0 || !char.IsHighSurrogate(text[index - 1])));
        return isHalf ? '\uFFFD' : c == '\0' ? ' ' : c;
    }
}
