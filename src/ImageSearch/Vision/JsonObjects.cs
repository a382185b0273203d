using System.Text;

namespace ImageSearch.Vision;

/// <summary>Finds the flat objects in JSON that comes in pieces: each as soon as its last brace is there. Objects that hold others are passed over.</summary>
internal sealed class JsonObjects
{
    private readonly StringBuilder _text = new();
    private readonly Stack<(int Start, bool HasInner)> _open = [];
    private bool _isInText;
    private bool _isEscaped;

    /// <summary>How much has come, in UTF-16 units.</summary>
    public int Length => _text.Length;

    /// <summary>The objects that end within the next piece.</summary>
    public IReadOnlyList<string> Take(string piece)
    {
        var ended = new List<string>();
        foreach (var character in piece)
        {
            _ = _text.Append(character);
            if (_isInText)
            {
                (_isInText, _isEscaped) = (_isEscaped || character != '"', !_isEscaped && character == '\\');
            }
            else if (character == '"')
            {
                _isInText = true;
            }
            else if (character == '{')
            {
                Begin();
            }
            else if (character == '}' && _open.TryPop(out var popped) && !popped.HasInner)
            {
                ended.Add(_text.ToString(popped.Start, _text.Length - popped.Start));
            }
        }

        return ended;
    }

    private void Begin()
    {
        if (_open.TryPop(out var outer))
        {
            _open.Push(outer with { HasInner = true });
        }

        _open.Push((_text.Length - 1, false));
    }
}
