using System.Text.Json;
using ImageSearch.Answers;
using ImageSearch.Searching;

namespace ImageSearch.Cli.Output.Hits;

/// <summary>Prints an <see cref="Answer"/> for programs; <see cref="HitTable"/> prints it for people.</summary>
internal static class AnswerWriter
{
    private static readonly string[] CsvHeader =
    [
        "rank", "score", "file", "library", "path", "takenAt", "width", "height", "format", "bytes", "camera", "rating", "title", "tags", "sha256",
    ];

    /// <summary>One JSON document, in the judge's order where there is one.</summary>
    public static void WriteJson(TextWriter writer, Answer answer, JudgedPage? judged = null)
    {
        var page = new JsonPage(
            answer.Query.ToString(),
            [.. judged?.Hits.Select(hit => HitOf(hit, answer.Files)) ?? answer.Page.Hits.Select(hit => HitOf(hit, answer.Files))],
            answer.Page.HasMore,
            Math.Round(answer.Page.Elapsed.TotalMilliseconds, 1),
            [.. answer.Notes])
        {
            Plan = answer.Plan is null ? null : JsonPlan.Of(answer.Plan),
            Dropped = judged is null ? null : [.. judged.Dropped.Select(hit => HitOf(hit, answer.Files))],
            Judge = judged is null ? null : JsonJudgement.Of(judged),
        };
        writer.WriteLine(JsonText.Of(JsonText.Indented, json => JsonSerializer.Serialize(json, page, HitJsonContext.Default.JsonPage)));
    }

    /// <summary>One JSON object a line.</summary>
    public static void WriteJsonLines(TextWriter writer, Answer answer)
    {
        foreach (var hit in answer.Page.Hits)
        {
            writer.WriteLine(JsonText.Of(JsonText.OneLine, json => JsonSerializer.Serialize(json, HitOf(hit, answer.Files), HitJsonContext.Default.JsonHit)));
        }
    }

    /// <summary>A verdict that came, as one JSON object on a line.</summary>
    public static void WriteJsonLine(TextWriter writer, JudgedStep.Judged verdict) =>
        writer.WriteLine(JsonText.Of(JsonText.OneLine, json => JsonSerializer.Serialize(json, JsonVerdictStep.Of(verdict), HitJsonContext.Default.JsonVerdictStep)));

    /// <summary>The judge's order, as one JSON object on a line.</summary>
    public static void WriteJsonLine(TextWriter writer, JudgedPage page) =>
        writer.WriteLine(JsonText.Of(JsonText.OneLine, json => JsonSerializer.Serialize(json, JsonOrderStep.Of(page), HitJsonContext.Default.JsonOrderStep)));

    /// <summary>A header and one record a hit.</summary>
    public static void WriteCsv(TextWriter writer, Answer answer)
    {
        CsvLine.Write(writer, CsvHeader);
        foreach (var hit in answer.Page.Hits)
        {
            var picture = hit.Picture;
            CsvLine.Write(
                writer,
                [
                    hit.Rank, hit.Score is { } score ? Math.Round(score, 4) : null, answer.Files.PathOf(picture), picture.Library, picture.Path,
                    JsonPicture.TakenAtOf(picture), picture.Width, picture.Height, picture.Format, picture.Bytes, picture.Camera, picture.Rating,
                    picture.Title, string.Join(';', picture.Tags), picture.Sha256,
                ]);
        }
    }

    /// <summary>One absolute path a hit, as it is: a terminal is shown unsafe characters spelled out, a program gets the bytes of the name.</summary>
    public static void WritePaths(Terminal terminal, Answer answer, char terminator)
    {
        foreach (var hit in answer.Page.Hits)
        {
            var path = answer.Files.PathOf(hit.Picture);
            terminal.Out.Write(terminal.OutIsTerminal ? SafeText.OneLine(path) : path);
            terminal.Out.Write(terminator);
        }
    }

    private static JsonHit HitOf(JudgedHit hit, LibraryFiles files) => HitOf(hit.Hit, files) with { Verdict = JsonHit.Of(hit).Verdict };

    private static JsonHit HitOf(SearchHit hit, LibraryFiles files) =>
        JsonHit.Of(hit) with { File = files.PathOf(hit.Picture), OtherFiles = [.. hit.OtherPaths.Select(files.PathOf)] };
}
