using ImageSearch.Vision;

namespace ImageSearch.Server.Questions;

/// <summary>The parts of a question with what their numbers stand for.</summary>
/// <param name="mostBytes">Most bytes of all files.</param>
internal sealed class GatheredParts(long mostBytes)
{
    private readonly List<QuestionPart> _parts = [];
    private readonly List<string> _names = [];
    private readonly List<string> _notes = [];
    private long _bytes;

    /// <summary>The parts in order.</summary>
    public IReadOnlyList<QuestionPart> Parts => _parts;

    /// <summary>Ids and names of uploads of the pictures, in the order of their numbers.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>What the reader should know.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Adds words.</summary>
    public void Add(string words) => _parts.Add(new QuestionPart.Words(words));

    /// <summary>Adds a picture.</summary>
    /// <exception cref="BadHttpRequestException">The pictures are too large together.</exception>
    public void Add(string name, ReadOnlyMemory<byte> bytes)
    {
        _bytes += bytes.Length;
        if (_bytes > mostBytes)
        {
            throw new BadHttpRequestException($"The pictures have more than {mostBytes} bytes together. Ask about fewer at once.", StatusCodes.Status413PayloadTooLarge);
        }

        _parts.Add(new QuestionPart.Material(bytes));
        _names.Add(name);
    }

    /// <summary>Adds a note.</summary>
    public void Note(string note) => _notes.Add(note);
}
