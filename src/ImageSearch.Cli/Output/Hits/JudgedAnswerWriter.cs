using System.Globalization;
using ImageSearch.Searching;
using ImageSearch.Vision;

namespace ImageSearch.Cli.Output.Hits;

/// <summary>Prints an answer that is judged: for people and in lines the plain page first and verdicts as they come, else all at once in the last order.</summary>
/// <param name="shell">Where to.</param>
/// <param name="explains">Whether to say what judging cost.</param>
internal sealed class JudgedAnswerWriter(Shell shell, bool explains)
{
    private const string Heading = "  #  grade  verdict  picture";

    private readonly Terminal _terminal = shell.Terminal;

    /// <summary>Prints the answer.</summary>
    /// <param name="answer">The plain answer.</param>
    /// <param name="judging">What the judge says, as it comes.</param>
    /// <param name="format">The form.</param>
    /// <param name="writePlain">Prints a plain answer in that form.</param>
    public async Task WriteAsync(Answer answer, IAsyncEnumerable<JudgedStep> judging, OutputFormat format, Func<Answer, Task> writePlain)
    {
        if (format is OutputFormat.Table or OutputFormat.Jsonl)
        {
            await writePlain(answer);
            Flush();
        }

        var page = await ReadAsync(judging, format);
        switch (format)
        {
            case OutputFormat.Table:
                WriteOrder(page, answer.Files);
                break;
            case OutputFormat.Jsonl:
                AnswerWriter.WriteJsonLine(_terminal.Out, page);
                break;
            case OutputFormat.Json:
                AnswerWriter.WriteJson(_terminal.Out, answer, page);
                break;
            default:
                await writePlain(answer with { Page = answer.Page with { Hits = [.. page.Hits.Concat(page.Dropped).Select(hit => hit.Hit)] } });
                break;
        }

        WriteNotes(page);
    }

    private async Task<JudgedPage> ReadAsync(IAsyncEnumerable<JudgedStep> judging, OutputFormat format)
    {
        JudgedPage? page = null;
        await foreach (var step in judging)
        {
            switch (step)
            {
                case JudgedStep.Judged verdict when format == OutputFormat.Jsonl:
                    AnswerWriter.WriteJsonLine(_terminal.Out, verdict);
                    Flush();
                    break;
                case JudgedStep.Judged verdict when format == OutputFormat.Table:
                    _terminal.Out.WriteLine($"{Start(verdict.Hit, verdict.Verdict)}{SafeText.OneLine(verdict.Verdict.Reason)}");
                    Flush();
                    break;
                case JudgedStep.Ended ended:
                    page = ended.Page;
                    break;
            }
        }

        return page ?? throw new InvalidOperationException("the judging has no end");
    }

    // FlushAsync writes on the thread pool, which would first have to start: some milliseconds in which the plain page is not there yet.
    private void Flush() => _terminal.Out.Flush();

    private void WriteOrder(JudgedPage page, LibraryFiles files)
    {
        if (page.IsReordered && page.Hits.Count > 0)
        {
            _terminal.Out.WriteLine();
            _terminal.Out.WriteLine(_terminal.Quiet(Heading));
            foreach (var hit in page.Hits)
            {
                var file = files.PathOf(hit.Hit.Picture);
                _terminal.Out.WriteLine(Start(hit.Hit, hit.Verdict) + _terminal.Link(SafeText.OneLine(shell.Shortened(file)), file));
            }
        }

        if (page.Dropped.Count > 0)
        {
            var ranks = string.Join(' ', page.Dropped.Select(hit => $"#{hit.Hit.Rank}"));
            _terminal.Out.WriteLine($"{Counted.Text(page.Dropped.Count, "picture")} above that {(page.Dropped.Count == 1 ? "does" : "do")} not fit: {ranks}");
        }

        if (explains)
        {
            _terminal.Out.WriteLine(CostOf(page.Report));
        }
    }

    private void WriteNotes(JudgedPage page)
    {
        _terminal.Out.Flush();
        foreach (var line in page.Notes.SelectMany(note => WrappedText.Lines(SafeText.OneLine(note), _terminal.ErrorIsTerminal ? _terminal.ErrorWidth : int.MaxValue)))
        {
            _terminal.Error.WriteLine(_terminal.QuietError(line));
        }
    }

    private string Start(SearchHit hit, JudgeVerdict? verdict)
    {
        var rank = hit.Rank.ToString(CultureInfo.InvariantCulture).PadLeft(3);
        var grade = (verdict?.Grade.ToString(CultureInfo.InvariantCulture) ?? "").PadLeft(5);
        var decision = (verdict?.Decision.ToString().ToLowerInvariant() ?? "").PadRight(7);
        return $"{_terminal.Quiet(rank)}  {grade}  {decision}  ";
    }

    private static string CostOf(JudgeReport report)
    {
        var cost = report.Cost is { } dollars ? MoneyText.Of(dollars) : "at a price that is not known";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"judge: {report.Model}, {Counted.Text(report.Calls, "call")}, {report.InputTokens:N0} tokens sent (at most {report.TokensPerPicture:N0} a picture) and {report.OutputTokens:N0} answered, {cost}; {Counted.Text(report.Cached, "verdict")} kept from before");
    }
}
