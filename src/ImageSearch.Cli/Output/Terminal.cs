using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ImageSearch.Cli.Output;

/// <summary>The two streams of the program: data on stdout, everything else on stderr, both UTF-8 without a byte order mark.</summary>
internal sealed class Terminal : IDisposable
{
    private readonly bool _isPlain;
    private readonly Lazy<IAnsiConsole> _outConsole;
    private readonly Lazy<IAnsiConsole> _errorConsole;

    /// <summary>Opens the streams; the environment decides about colours.</summary>
    public Terminal(IReadOnlyDictionary<string, string> environment)
    {
        _isPlain = environment.GetValueOrDefault("NO_COLOR") is { Length: > 0 };
        var isDumb = environment.GetValueOrDefault("TERM") is "dumb";
        OutIsTerminal = !Console.IsOutputRedirected;
        ErrorIsTerminal = !Console.IsErrorRedirected && !isDumb;
        Out = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 16 << 10);
        Error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };
        _outConsole = new(() => Open(Out, OutIsTerminal && !isDumb));
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

    /// <summary>Set by <c>--no-color</c> before anything is printed.</summary>
    public bool NoColour { get; set; }

    /// <summary>Styled printing on stdout; plain text when it is no terminal.</summary>
    public IAnsiConsole OutConsole => _outConsole.Value;

    /// <summary>Styled printing on stderr; plain text when it is no terminal.</summary>
    public IAnsiConsole ErrorConsole => _errorConsole.Value;

    /// <summary>One line on stderr for the person, for example <c>warning</c> in yellow before it.</summary>
    public void Note(string label, string colour, string message) =>
        ErrorConsole.Write(new Paragraph().Append(label + ": ", new Style(foreground: Style.Parse(colour).Foreground)).Append(SafeText.OneLine(message) + Environment.NewLine));

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

    private IAnsiConsole Open(TextWriter writer, bool isTerminal) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = _isPlain || NoColour || !isTerminal ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        Out = new StreamOutput(writer, isTerminal),
        Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
    });

    private sealed class StreamOutput(TextWriter writer, bool isTerminal) : IAnsiConsoleOutput
    {
        private const int Unbounded = 10_000;

        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => isTerminal && Console.WindowWidth is > 0 and var width ? width : Unbounded;

        public int Height => isTerminal && Console.WindowHeight is > 0 and var height ? height : 24;

        public void SetEncoding(Encoding encoding)
        {
            // Both streams are UTF-8 from the start.
        }
    }
}
