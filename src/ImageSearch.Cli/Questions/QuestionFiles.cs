using ImageSearch.Cli.Output;
using ImageSearch.Vision;

namespace ImageSearch.Cli.Questions;

/// <summary>Makes parts of a question out of words of the command line.</summary>
internal sealed class QuestionFiles(ImageSearchHome home, Shell shell)
{
    /// <summary>The file of that name, or of that <c>library/path</c>.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public async Task<QuestionPart> FileAsync(string name, CancellationToken cancellationToken) =>
        await FindAsync(name, cancellationToken) ?? throw new UsageException(
            $"There is no file \"{SafeText.OneLine(name)}\": not here, not below a library, and not as library/path.");

    /// <summary>The file of that name, or else the words themselves: the first word, and what no file could be called, is part of the question.</summary>
    /// <exception cref="UsageException">It looks like a file that is not there.</exception>
    public async Task<QuestionPart> FileOrWordsAsync(string text, bool isFirst, CancellationToken cancellationToken) =>
        await FindAsync(text, cancellationToken) ?? (isFirst || IsSaid(text)
            ? new QuestionPart.Words(text)
            : throw new UsageException(
                $"There is no file \"{SafeText.OneLine(text)}\": not here, not below a library, and not as library/path. Words between pictures hold a space, or neither dot nor slash."));

    private static bool IsSaid(string text) => text.Any(char.IsWhiteSpace) || !text.AsSpan().ContainsAny('.', '/', '\\');

    private async Task<QuestionPart?> FindAsync(string name, CancellationToken cancellationToken) =>
        await home.Questions.ReadAsync(name, shell.CurrentDirectory, cancellationToken) is { } bytes ? new QuestionPart.Material(bytes) : null;
}
