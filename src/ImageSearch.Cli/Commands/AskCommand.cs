using System.CommandLine;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Questions;
using ImageSearch.Cli.Settings;
using ImageSearch.Vision;

namespace ImageSearch.Cli.Commands;

/// <summary><c>ask</c>: a free question about pictures.</summary>
internal static class AskCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell)
    {
        var question = new Argument<string>("QUESTION") { Description = "What to ask, in words." };
        var pictures = new Argument<string[]>("PICTURE")
        {
            Description = "What to ask about: files (pictures, or PDFs for Claude), or library/path of indexed pictures. Words among them belong to the question; all is read in its order.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var options = new QuestionOptions();
        var command = new Verb(
            "ask",
            "Ask a model on Amazon Bedrock something about pictures. It costs money.",
            new Example("imagesearch ask 'Which mushroom is this?' forest/IMG_2034.jpg", "About one picture; the answer is printed as it comes."),
            new Example("imagesearch ask 'Was this' before.jpg 'taken before this?' after.jpg", "Words and pictures mixed, in their order."),
            new Example("imagesearch ask 'Which of these would make a calendar?' --query 'sunset at sea' --top 12", "About the best hits of a search."),
            new Example("imagesearch ask 'What does the sign say?' street.jpg --dry-run", "What it would cost at most."))
        {
            question,
            pictures,
        };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = ResolvedSettings.Of(parsed, shell).Options;
            using var home = new ImageSearchHome(settings.Search, shell.Time);
            var files = new QuestionFiles(home, shell);
            var parts = new List<QuestionPart> { await files.FileOrWordsAsync(parsed.GetRequiredValue(question), isFirst: true, cancellationToken) };
            foreach (var text in parsed.GetValue(pictures) ?? [])
            {
                parts.Add(await files.FileOrWordsAsync(text, isFirst: false, cancellationToken));
            }

            parts.AddRange(await options.HitsAsync(parsed, home, shell, parts.OfType<QuestionPart.Material>().Count(), cancellationToken));
            var prepared = await home.Questions.Asker.AskAsync(parts, cancellationToken);
            await options.AnswerAsync(parsed, prepared, home.Questions.Asker, new AnswerPrinter(shell.Terminal, settings.Format), cancellationToken);
        });
        return command;
    }
}
