using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ImageSearch.Cli.Output;

/// <summary>The two streams of the program: data on stdout, everything else on stderr, both UTF-8 without a byte order mark.</summary>
internal sealed class Terminal : IDisposable
{
    private const int WidestText = 100;
    private const string Dim = "\e[2m";
    private const string Red = "\e[31m";
    private const string Plain = "\e[0m";

    private readonly Lazy<IAnsiConsole> _outConsole;
    private readonly Lazy<IAnsiConsole> _errorConsole;
    private readonly bool _outTakesStyles;

    /// <summary>Opens the streams; the environment decides about colours.</summary>
    public Terminal(IReadOnlyDictionary<string, string> environment)
    {
        var isDumb = environment.GetValueOrDefault("TERM") is "dumb";
        NoColour = environment.GetValueOrDefault("NO_COLOR") is { Length: > 0 };
        OutIsTerminal = !Console.IsOutputRedirected;
        ErrorIsTerminal = !Console.IsErrorRedirected && !isDumb;
        _outTakesStyles = OutIsTerminal && !isDumb;
        Out = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 16 << 10);
        Error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };
        _outConsole = new(() => Open(Out, _outTakesStyles));
        _errorConsole = new(() => Open(Error, ErrorIsTerminal));
    }

    /// <summary>Stdout, buffered until the end or <see cref="TextWriter.Flush"/>.</summary>
    public TextWriter Out { get; }

    /// <summary>Stderr, written at once.</summary>
    public TextWriter Error { get; }

    /// <summary>True when a person sees stdout.</summary>
    public bool OutIsTerminal { get; }

    /// <summary>True when a person sees stderr on a terminal that can redraw lines.</summary>
    public bool ErrorIsTerminal { get; }

    /// <summary>Set by <c>NO_COLOR</c>, or by <c>--no-color</c> before anything is printed.</summary>
    public bool NoColour { get; set; }

    /// <summary>Characters in a line of stdout.</summary>
    public int OutWidth => TerminalOutput.WidthOf(_outTakesStyles);

    /// <summary>Characters in a line of text on stderr.</summary>
    public int ErrorWidth => Math.Min(WidestText, TerminalOutput.WidthOf(ErrorIsTerminal));

    /// <summary>Tables and pages on stdout; plain text when it is no terminal.</summary>
    public IAnsiConsole OutConsole => _outConsole.Value;

    /// <summary>Moving lines on stderr; plain text when it is no terminal.</summary>
    public IAnsiConsole ErrorConsole => _errorConsole.Value;

    /// <summary>Text for stdout that stands back.</summary>
    public string Quiet(string text) => Styled(text, Dim, _outTakesStyles);

    /// <summary>Text for stderr that stands back.</summary>
    public string QuietError(string text) => Styled(text, Dim, ErrorIsTerminal);

    /// <summary>Text for stdout that opens a file where a terminal understands that (OSC 8).</summary>
    public string Link(string text, string file) =>
        _outTakesStyles && Path.IsPathFullyQualified(file) ? $"\e]8;;{new Uri(file).AbsoluteUri}\e\\{text}\e]8;;\e\\" : text;

    /// <summary>Prints on stderr what went wrong.</summary>
    public void WriteError(string message)
    {
        var lines = WrappedText.Lines($"error: {SafeText.OneLine(message)}", ErrorIsTerminal ? ErrorWidth : int.MaxValue);
        var label = Styled("error:", Red, ErrorIsTerminal && !NoColour);
        Error.WriteLine(label + string.Join(Environment.NewLine, lines)["error:".Length..]);
    }

    /// <summary>Prints a line on stderr above a line that moves there.</summary>
    public void WriteAbove(string label, Color colour, string message) =>
        ErrorConsole.Write(new Paragraph().Append(label + " ", new Style(colour)).Append(SafeText.OneLine(message) + Environment.NewLine));

    /// <summary>What something printed looks like as plain text, line by line.</summary>
    public IEnumerable<string> PlainLines(IRenderable renderable)
    {
        using var text = new StringWriter();
        Open(text, isTerminal: false).Write(renderable);
        return text.ToString().TrimEnd('\n').Split('\n');
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Out.Dispose();
        Error.Dispose();
    }

    private static string Styled(string text, string style, bool isStyled) => isStyled ? style + text + Plain : text;

    private IAnsiConsole Open(TextWriter writer, bool isTerminal) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = NoColour || !isTerminal ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        Out = new TerminalOutput(writer, isTerminal),
        Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
    });
}
