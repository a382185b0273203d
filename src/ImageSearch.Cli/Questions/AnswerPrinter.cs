using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ImageSearch.Answers;
using ImageSearch.Cli.Output;
using ImageSearch.Vision;

namespace ImageSearch.Cli.Questions;

/// <summary>Prints estimates and answers: text as it comes on stdout, what it costs on stderr.</summary>
internal sealed class AnswerPrinter(Terminal terminal, OutputFormat format)
{
    /// <summary>Prints what a question takes, before it is asked.</summary>
    public void Write(QuestionEstimate estimate)
    {
        string[] counts =
        [
            .. estimate.Pictures > 0 ? [Counted.Text(estimate.Pictures, "picture")] : Array.Empty<string>(),
            .. estimate.Documents > 0 ? [Counted.Text(estimate.Documents, "document")] : Array.Empty<string>(),
        ];
        var cost = estimate.MostCost is { } dollars ? $"at most {MoneyText.Of(Rounded(dollars))}" : "at a price that is not known";
        var rest = estimate.IsKept
            ? "the answer is kept from before, and costs nothing"
            : string.Create(CultureInfo.InvariantCulture, $"at most {estimate.MostInputTokens:N0} tokens sent, {cost}");
        terminal.Error.WriteLine($"{string.Join(" and ", counts)} to {SafeText.OneLine(estimate.Model)}: {rest}");
    }

    /// <summary>Prints an answer as it comes.</summary>
    public async Task WriteAsync(IAsyncEnumerable<AnswerStep> steps)
    {
        var answer = new StringBuilder();
        AnswerReport? report = null;
        try
        {
            await foreach (var step in steps)
            {
                report = (step as AnswerStep.Ended)?.Report;
                if (step is AnswerStep.Piece piece)
                {
                    _ = answer.Append(piece.Text);
                    await WriteAsync(piece);
                }
            }
        }
        finally
        {
            // What came before a failure stays, on lines of its own.
            if (IsForPeople && answer.Length > 0 && answer[^1] != '\n')
            {
                terminal.Out.WriteLine();
            }

            terminal.Out.Flush();
        }

        Write(answer.ToString(), report ?? throw new InvalidOperationException("the answer has no end"));
    }

    /// <summary>Prints what was read, and where it does not fit.</summary>
    public void Write(Extraction extraction)
    {
        terminal.Out.WriteLine(format switch
        {
            OutputFormat.Json => Document(JsonText.Indented, JsonExtraction.Of(extraction), AnswerJsonContext.Default.JsonExtraction),
            OutputFormat.Jsonl => Document(JsonText.OneLine, JsonExtraction.Of(extraction), AnswerJsonContext.Default.JsonExtraction),
            _ => JsonText.Of(JsonText.Indented, extraction.Value.WriteTo),
        });
        terminal.Out.Flush();
        foreach (var failure in extraction.Failures)
        {
            terminal.Error.WriteLine($"does not fit: {SafeText.OneLine(failure.Path.Length > 0 ? failure.Path : "the value")} {SafeText.OneLine(failure.Message)}");
        }

        WriteEnd(extraction.Report);
    }

    private bool IsForPeople => format is not (OutputFormat.Json or OutputFormat.Jsonl);

    private async Task WriteAsync(AnswerStep.Piece piece)
    {
        if (IsForPeople)
        {
            terminal.Out.Write(SafeText.Lines(piece.Text));
            await terminal.Out.FlushAsync();
        }
        else if (format == OutputFormat.Jsonl)
        {
            terminal.Out.WriteLine(Document(JsonText.OneLine, JsonAnswerPiece.Of(piece), AnswerJsonContext.Default.JsonAnswerPiece));
            await terminal.Out.FlushAsync();
        }
    }

    private void Write(string answer, AnswerReport report)
    {
        if (format == OutputFormat.Jsonl)
        {
            terminal.Out.WriteLine(Document(JsonText.OneLine, JsonAnswerEnd.Of(report), AnswerJsonContext.Default.JsonAnswerEnd));
        }
        else if (format == OutputFormat.Json)
        {
            terminal.Out.WriteLine(Document(
                JsonText.Indented,
                new JsonAnswer(answer, report.Model, report.InputTokens, report.OutputTokens, report.Cost, report.IsKept, report.Notes),
                AnswerJsonContext.Default.JsonAnswer));
        }

        terminal.Out.Flush();
        WriteEnd(report);
    }

    private void WriteEnd(AnswerReport report)
    {
        foreach (var note in report.Notes)
        {
            terminal.Error.WriteLine(SafeText.OneLine(note));
        }

        if (!report.IsKept)
        {
            var cost = report.Cost is { } dollars ? $"{MoneyText.Of(dollars)} spent" : "at a price that is not known";
            terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.InputTokens:N0} tokens sent, {report.OutputTokens:N0} answered; {cost}"));
        }
    }

    private static decimal Rounded(decimal dollars) => decimal.Round(dollars, 4, MidpointRounding.ToPositiveInfinity);

    private static string Document<T>(JsonWriterOptions options, T value, JsonTypeInfo<T> type) => JsonText.Of(options, json => JsonSerializer.Serialize(json, value, type));
}
