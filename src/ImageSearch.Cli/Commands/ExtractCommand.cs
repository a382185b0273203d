using System.CommandLine;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Output;
using ImageSearch.Cli.Questions;
using ImageSearch.Cli.Settings;
using ImageSearch.Vision;

namespace ImageSearch.Cli.Commands;

/// <summary><c>extract</c>: values out of documents and charts, by a JSON schema.</summary>
internal static class ExtractCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell)
    {
        var names = new Argument<string[]>("FILE")
        {
            Description = "What to read: pictures, or PDFs for Claude; files, or library/path of indexed pictures. All of them together give one value.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var schema = new Option<string>("--schema") { Description = "File with the JSON schema of the value: an object. It goes to the model, and what comes back is checked against it.", HelpName = "FILE", Required = true };
        var instructions = new Option<string>("--instructions") { Description = "What to say to the model beside the schema.", HelpName = "WORDS" };
        var options = new QuestionOptions();
        var command = new Verb(
            "extract",
            "Have a model on Amazon Bedrock read documents and charts into JSON by a schema. It costs money.",
            new Example("imagesearch extract receipt.jpg --schema receipt.json", "The value on stdout, and on stderr where it does not fit the schema."),
            new Example("imagesearch extract page1.png page2.png --schema invoice.json --instructions 'Sums are in euros.'", "One value of several pages."),
            new Example("imagesearch extract chart.pdf --schema series.json --output json", "The value with its failures, tokens and dollars."))
        {
            names,
        };
        command.Add(schema);
        command.Add(instructions);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = ResolvedSettings.Of(parsed, shell).Options;
            using var home = new ImageSearchHome(settings.Search, shell.Time);
            var files = new QuestionFiles(home, shell);
            var parts = new List<QuestionPart>();
            foreach (var name in parsed.GetValue(names) ?? [])
            {
                parts.Add(await files.FileAsync(name, cancellationToken));
            }

            parts.AddRange(await options.HitsAsync(parsed, home, shell, parts.Count, cancellationToken));
            if (parsed.GetValue(instructions) is { } words)
            {
                parts.Insert(0, new QuestionPart.Words(words));
            }

            var prepared = await home.Questions.Extractor.PrepareAsync(await SchemaAsync(parsed.GetRequiredValue(schema), shell, cancellationToken), parts, cancellationToken);
            var printer = new AnswerPrinter(shell.Terminal, settings.Format);
            printer.Write(prepared.Estimate);
            if (options.IsDryRun(parsed))
            {
                return (int)ExitCode.Done;
            }

            var extraction = await home.Questions.Extractor.ExtractAsync(prepared, cancellationToken);
            printer.Write(extraction);
            return (int)(extraction.Failures.Count == 0 ? ExitCode.Done : ExitCode.SomeFailed);
        });
        return command;
    }

    private static async Task<string> SchemaAsync(string name, Shell shell, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(shell.Absolute(name), cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The schema \"{SafeText.OneLine(name)}\" cannot be read: {failure.Message}");
        }
    }
}
