using System.CommandLine;
using ImageSearch.Cli.Help;
using ImageSearch.Searching;

namespace ImageSearch.Cli.Commands;

/// <summary><c>similar</c>: pictures that look like one.</summary>
internal static class SimilarCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell)
    {
        var path = new Argument<string>("PATH") { Description = "The picture: a file, indexed or not, or the path of an indexed picture below its library's root." };
        var command = new Verb(
            "similar",
            "Find pictures that look like a picture, which itself is left out.",
            new Example("imagesearch similar holiday/beach.jpg", "The ten most similar pictures."),
            new Example("imagesearch similar beach.jpg --sort diverse", "Similar pictures that differ among themselves."),
            new Example("imagesearch similar beach.jpg --min-score 0.95 --output paths", "Near copies, one path a line."))
        {
            path,
        };
        Asking.AddTo(command, shell, plans: null, (parsed, filters) => QueryParser.Parse(filters) with { Parts = [new QueryPart.Picture(parsed.GetRequiredValue(path))] });
        return command;
    }
}
