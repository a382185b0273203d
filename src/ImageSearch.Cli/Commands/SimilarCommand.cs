using System.CommandLine;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Settings;
using ImageSearch.Searching;

namespace ImageSearch.Cli.Commands;

/// <summary><c>similar</c>: pictures that look like one.</summary>
internal static class SimilarCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell)
    {
        var path = new Argument<string>("PATH") { Description = "The picture: a file, indexed or not, or the path of an indexed picture below its library's root." };
        var (home, filters, page, hits, judge) = (new HomeOptions(), new FilterOptions(), new PageOptions(), new HitOptions(), new JudgeOptions());
        var command = new Verb(
            "similar",
            "Find pictures that look like a picture, which itself is left out.",
            new Example("imagesearch similar holiday/beach.jpg", "The ten most similar pictures."),
            new Example("imagesearch similar beach.jpg --min-score 0.95 --output paths", "Near copies, one path a line."))
        {
            path,
        };
        page.AddTo(command);
        filters.AddTo(command);
        judge.AddTo(command);
        hits.AddTo(command);
        home.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = ResolvedSettings.Of(parsed, shell).Options;
            var filtered = page.Apply(QueryParser.Parse(filters.Read(parsed)), parsed, options);
            var query = filtered with { Parts = [new QueryPart.Picture(parsed.GetRequiredValue(path))] };
            await Asking.AskAsync(
                query, judge.Read(parsed, options), options, shell, (answer, judging) => hits.WriteAsync(answer, judging, parsed, options, shell, cancellationToken), cancellationToken);
        });
        return command;
    }
}
