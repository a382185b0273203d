using System.CommandLine;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Questions;
using ImageSearch.Cli.Settings;
using ImageSearch.Vision;

namespace ImageSearch.Cli.Commands;

/// <summary><c>compare</c>: what differs between pictures.</summary>
internal static class CompareCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell)
    {
        var pictures = new Argument<string[]>("PICTURE")
        {
            Description = "What to compare, two or more: files (pictures, or PDFs for Claude), or library/path of indexed pictures.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var question = new Option<string>("--question") { Description = "What to compare by.", HelpName = "WORDS" };
        var options = new QuestionOptions();
        var command = new Verb(
            "compare",
            "Have a model on Amazon Bedrock say what differs between pictures. It costs money.",
            new Example("imagesearch compare before.jpg after.jpg", "What they have in common, and what differs."),
            new Example("imagesearch compare a.jpg b.jpg c.jpg --question 'Which is the sharpest?'", "By one thing alone."),
            new Example("imagesearch compare --query 'our house' --top 3", "The best hits of a search."))
        {
            pictures,
        };
        command.Add(question);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = ResolvedSettings.Of(parsed, shell).Options;
            using var home = new ImageSearchHome(settings.Search, shell.Time);
            var parts = await new QuestionFiles(home, shell).FilesAsync(parsed.GetValue(pictures) ?? [], cancellationToken);
            parts.AddRange(await options.HitsAsync(parsed, home, shell, parts.Count, cancellationToken));
            if (parsed.GetValue(question) is { } words)
            {
                parts.Insert(0, new QuestionPart.Words(words));
            }

            var prepared = await home.Questions.Asker.CompareAsync(parts, cancellationToken);
            await options.AnswerAsync(parsed, prepared, home.Questions.Asker, new AnswerPrinter(shell.Terminal, settings.Format), cancellationToken);
        });
        return command;
    }
}
