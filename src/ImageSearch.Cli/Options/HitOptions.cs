using System.CommandLine;
using ImageSearch.Cli.Output;
using ImageSearch.Cli.Output.Graphics;
using ImageSearch.Cli.Output.Hits;
using ImageSearch.Cli.Settings;
using ImageSearch.Searching;

namespace ImageSearch.Cli.Options;

/// <summary>How hits are printed: <c>--output</c>, <c>--print0</c>, <c>--explain</c>, <c>--thumbnails</c>.</summary>
internal sealed class HitOptions
{
    private readonly OutputOptions _output = new();
    private readonly SettingFlag _thumbnails = new("--thumbnails", SettingTable.Thumbnails, "PROTOCOL");
    private readonly Option<bool> _print0 = new("--print0", "-0") { Description = "Print paths alone, each ended by NUL, for xargs -0." };
    private readonly Option<bool> _explain = new("--explain") { Description = "Say below each hit why it was found: the rank and score of each signal." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_explain);
        _output.AddTo(command);
        command.Add(_print0);
        command.Add(_thumbnails);
    }

    /// <summary>Prints an answer as the options say, and what its judging says, where it is judged.</summary>
    public Task WriteAsync(
        Answer answer, IAsyncEnumerable<JudgedStep>? judging, ParseResult parsed, CliOptions options, Shell shell, CancellationToken cancellationToken)
    {
        var format = FormatOf(parsed, options);
        Task WriteAsync(Answer plain) => this.WriteAsync(plain, parsed, options, shell, cancellationToken);
        return judging is null ? WriteAsync(answer) : new JudgedAnswerWriter(shell, parsed.GetValue(_explain)).WriteAsync(answer, judging, format, WriteAsync);
    }

    private async Task WriteAsync(Answer answer, ParseResult parsed, CliOptions options, Shell shell, CancellationToken cancellationToken)
    {
        var terminal = shell.Terminal;
        var table = new HitTable(shell, parsed.GetValue(_explain));
        switch (FormatOf(parsed, options))
        {
            case OutputFormat.Json:
                AnswerWriter.WriteJson(terminal.Out, answer);
                break;
            case OutputFormat.Jsonl:
                AnswerWriter.WriteJsonLines(terminal.Out, answer);
                break;
            case OutputFormat.Csv:
                AnswerWriter.WriteCsv(terminal.Out, answer);
                break;
            case OutputFormat.Paths:
                AnswerWriter.WritePaths(terminal, answer, parsed.GetValue(_print0) ? '\0' : '\n');
                break;
            case OutputFormat.Table when ProtocolOf(options, shell) is var protocol && protocol != ThumbnailProtocol.None:
                await new HitGallery(terminal, table, protocol, options.Search.Limits).WriteAsync(answer, cancellationToken);
                break;
            case OutputFormat.Table when answer.Page.Hits.Count > 0:
                table.Write(answer);
                break;
        }

        table.WriteNotes(answer);
    }

    private OutputFormat FormatOf(ParseResult parsed, CliOptions options) => parsed.GetValue(_print0) ? OutputFormat.Paths : options.Format;

    private static ThumbnailProtocol ProtocolOf(CliOptions options, Shell shell) => options.Thumbnails switch
    {
        ThumbnailProtocol.Auto => shell.Terminal.OutIsTerminal ? TerminalGraphics.Detect(shell.Environment) : ThumbnailProtocol.None,
        var protocol => protocol,
    };
}
