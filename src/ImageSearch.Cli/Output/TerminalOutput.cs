using System.Text;
using Spectre.Console;

namespace ImageSearch.Cli.Output;

/// <summary>One of the program's streams as Spectre.Console sees it.</summary>
internal sealed class TerminalOutput(TextWriter writer, bool isTerminal) : IAnsiConsoleOutput
{
    // No line of a pipe is broken.
    private const int Unbounded = 10_000;
    private const int UsualHeight = 24;

    /// <inheritdoc/>
    public TextWriter Writer => writer;

    /// <inheritdoc/>
    public bool IsTerminal => isTerminal;

    /// <inheritdoc/>
    public int Width => WidthOf(isTerminal);

    /// <inheritdoc/>
    public int Height => isTerminal && Console.WindowHeight is > 0 and var height ? height : UsualHeight;

    /// <summary>Characters in a line.</summary>
    public static int WidthOf(bool isTerminal) => isTerminal && Console.WindowWidth is > 0 and var width ? width : Unbounded;

    /// <inheritdoc/>
    public void SetEncoding(Encoding encoding)
    {
        // Both streams are UTF-8 from the start.
    }
}
