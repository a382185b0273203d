using System.Text;

namespace ImageSearch.Vision;

/// <summary>
/// Finds the one JSON value in what a model says, piece by piece as it says it: words and fences before and after the value fall away.
/// A model that is asked for JSON in words often adds some.
/// </summary>
internal sealed class JsonPieces
{
    private char _opener;
    private int _depth;
    private bool _isInText;
    private bool _isEscaped;
    private bool _isOver;

    /// <summary>The part of the next piece that belongs to the value; empty where none does.</summary>
    public string Take(string piece)
    {
        var taken = new StringBuilder(piece.Length);
        foreach (var character in piece)
        {
            if (_isOver)
            {
                break;
            }

            if (_depth > 0 || TryBegin(character, taken))
            {
                _ = taken.Append(character);
                Follow(character);
            }
        }

        return taken.ToString();
    }

    /// <summary>A brace in prose begins no value: what comes next must fit.</summary>
    private bool TryBegin(char character, StringBuilder taken)
    {
        if ((_opener, character) is ('{', '"' or '}') or ('[', '{' or ']'))
        {
            _ = taken.Append(_opener);
            _depth = 1;
            return true;
        }

        if (!char.IsWhiteSpace(character))
        {
            _opener = character is '{' or '[' ? character : '\0';
        }

        return false;
    }

    private void Follow(char character)
    {
        if (_isInText)
        {
            (_isInText, _isEscaped) = (_isEscaped || character != '"', !_isEscaped && character == '\\');
            return;
        }

        _isInText = character == '"';
        _depth += character is '{' or '[' ? 1 : character is '}' or ']' ? -1 : 0;
        _isOver = _depth == 0;
    }
}
