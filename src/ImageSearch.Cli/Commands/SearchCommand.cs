using System.CommandLine;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Options;
using ImageSearch.Searching;

namespace ImageSearch.Cli.Commands;

/// <summary><c>search</c>: pictures by words, filters and other pictures.</summary>
internal static class SearchCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell)
    {
        var words = new Argument<string[]>("QUERY")
        {
            Description = "Words, -word, \"exact text\" and key:value filters (`imagesearch show filters` lists them and their values); without any, the newest pictures are listed.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Verb(
            "search",
            "Search pictures by words, by what they look like, and by filters.",
            new Example("imagesearch search red flower on grass", "By words: the nearest by meaning and the best by words, ranked together."),
            new Example("imagesearch search 'beach -people after:2023 \"summer house\"'", "Without a word, with a date, with exact text."),
            new Example("imagesearch search sunset --folder 2024/rome --camera canon --sort date", "Filters as options instead of in the query."),
            new Example("imagesearch search 'cat like:basket.jpg' --explain", "By words and a picture together, and why each hit was found."),
            new Example("imagesearch search 'like:a.jpg like:b.jpg -like:c.jpg' --sort diverse", "By examples for and against, each hit unlike those before it."),
            new Example("imagesearch search beach --group day", "The best picture of each day."),
            new Example("imagesearch search 'cats without collars from last summer'", "Dates and exclusions in plain English become filters."),
            new Example("imagesearch search --plan 'sharp photos of Rome by night with the Canon'", "Have a model make filters of the words."),
            new Example("imagesearch search --translate 'roter Regenschirm ohne Leute'", "Have a model put the words into English."),
            new Example("imagesearch search 'cat -glasses' --judge", "Have a model look at the best hits: they are shown at once, its verdicts follow."),
            new Example("imagesearch search blue sea -0 | xargs -0 ls -l", "Hand the files to another program."))
        {
            words,
        };
        Asking.AddTo(command, shell, new PlanOptions(), (parsed, filters) => QueryParser.Parse(string.Join(' ', [.. parsed.GetValue(words) ?? [], filters])));
        return command;
    }
}
