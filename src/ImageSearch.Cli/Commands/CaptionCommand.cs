using System.CommandLine;
using System.Globalization;
using ImageSearch.Captioning;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Output;
using ImageSearch.Cli.Output.Progress;
using ImageSearch.Cli.Settings;
using ImageSearch.Collections;
using ImageSearch.Searching;
using ImageSearch.Settings;

namespace ImageSearch.Cli.Commands;

/// <summary><c>caption</c>: has a model describe pictures, so that they are found by what it says.</summary>
internal static class CaptionCommand
{
    private static readonly ListingColumn[] Columns = [new("Picture"), new("Caption"), new("Tags"), new("Visible text"), new("Failure")];

    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell)
    {
        var words = new Argument<string[]>("QUERY")
        {
            Description = "Which pictures: with words or a picture the best hits (--limit), with filters alone all that match, without anything the whole collection.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var (filters, page) = (new FilterOptions(), new PageOptions());
        var again = new Option<bool>("--again") { Description = "Describe also pictures that have a caption, for example by another model or in another language." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say how many pictures that are and what it costs, and do nothing." };
        var command = new Verb(
            "caption",
            "Have a model on Amazon Bedrock describe pictures: caption, tags and visible text, by which they are found at once. It costs money.",
            new Example("imagesearch caption --dry-run", "What describing the whole collection would cost."),
            new Example("imagesearch caption in:rome after:2023 --max-cost 2", "Describe what matches the filters, for at most two dollars; run again to go on."),
            new Example("imagesearch caption sunset at sea --limit 20", "Describe the twenty best hits."))
        {
            words,
        };
        page.AddTo(command);
        filters.AddTo(command);
        command.Add(again);
        command.Add(dryRun);
        command.Add(new SettingFlag("--max-cost", ImageSearchSettings.MaxCost, "DOLLARS"));
        new OutputOptions().AddTo(command);
        new HomeOptions().AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = ResolvedSettings.Of(parsed, shell).Options;
            var typed = page.Apply(QueryParser.Parse(string.Join(' ', [.. parsed.GetValue(words) ?? [], filters.Read(parsed)])), parsed, options);
            using var home = new ImageSearchHome(options.Search, shell.Time);
            await using var collection = await home.OpenCollectionAsync(parsed.GetValue(dryRun) ? CollectionAccess.Read : CollectionAccess.Write, cancellationToken);
            var query = home.PlannerOf(collection).ReadUsually(typed);
            var captioner = home.CaptionerOf(collection);
            var scope = parsed.GetValue(again) ? CaptionScope.All : CaptionScope.Missing;
            var pictures = await captioner.SelectAsync(await FilterAsync(query, home, collection, shell, cancellationToken), scope, cancellationToken);
            var estimate = await captioner.EstimateAsync(pictures, cancellationToken);
            shell.Terminal.Error.WriteLine(Text(estimate));
            return parsed.GetValue(dryRun) ? (int)ExitCode.Done : (int)await RunAsync(captioner, pictures, options, home, shell, cancellationToken);
        });
        return command;
    }

    /// <summary>What is described: the hits of a query that ranks, or else all that pass its filter.</summary>
    private static async Task<ImageFilter> FilterAsync(SearchQuery query, ImageSearchHome home, IImageCollection collection, Shell shell, CancellationToken cancellationToken)
    {
        if (query.Parts.Count == 0)
        {
            return query.Filter;
        }

        var page = await home.SearcherOf(collection, shell.CurrentDirectory).SearchAsync(query, cancellationToken);
        return new ImageFilter([new ImageCondition.Any([.. page.Hits.Select(hit => new ImageCondition.HasContent(hit.Picture.Sha256))])]);
    }

    private static async Task<ExitCode> RunAsync(
        LibraryCaptioner captioner, IReadOnlyList<Guid> pictures, CliOptions options, ImageSearchHome home, Shell shell, CancellationToken cancellationToken)
    {
        var (files, terminal) = (new LibraryFiles(home.Libraries.List()), shell.Terminal);
        var rows = new List<IReadOnlyList<object?>>();
        try
        {
            await using var notice = new PauseNotice(terminal.Error, shell.Time, () => captioner.Pace);
            await foreach (var result in captioner.CaptionAsync(pictures, cancellationToken))
            {
                rows.Add(Row(result, files));
                if (options.Format == OutputFormat.Table)
                {
                    terminal.Out.WriteLine(Line(result, shell.Shortened(files.PathOf(result.Picture))));
                    await terminal.Out.FlushAsync(cancellationToken);
                }
            }
        }
        finally
        {
            if (options.Format != OutputFormat.Table)
            {
                ListingWriter.Write(terminal, new Listing(Columns, rows), options.Format);
            }

            terminal.Out.Flush();
            var failed = rows.Count(row => row[^1] is not null);
            var spent = home.VisionSpent is { } dollars ? $"; {MoneyText.Of(dollars)} spent" : "";
            terminal.Error.WriteLine($"{Counted.Text(rows.Count - failed, "picture")} described, {failed} failed{(rows.Count < pictures.Count ? $", {pictures.Count - rows.Count} left: run again to go on" : "")}{spent}");
        }

        return rows.Exists(row => row[^1] is not null) ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private static string Text(CaptionEstimate estimate)
    {
        var kept = estimate.Kept > 0 ? $", {estimate.Kept.ToString("N0", CultureInfo.InvariantCulture)} of them kept from before" : "";
        var cost = estimate.Cost is { } dollars ? $"about {MoneyText.Of(decimal.Round(dollars, 4))}" : "at a price that is not known";
        return $"{Counted.Text(estimate.Pictures, "picture")} to describe with {estimate.Model}{kept}: {cost}";
    }

    private static string Line(CaptionResult result, string path) =>
        $"{SafeText.OneLine(path)}: " + SafeText.OneLine(result switch
        {
            CaptionResult.Captioned captioned => captioned.Caption.Caption,
            CaptionResult.Failed failed => $"failed: {failed.Reason}",
            _ => "",
        });

    private static object?[] Row(CaptionResult result, LibraryFiles files) => result switch
    {
        CaptionResult.Captioned { Caption: var caption } => [files.PathOf(result.Picture), caption.Caption, string.Join("; ", caption.Tags), caption.VisibleText, null],
        CaptionResult.Failed failed => [files.PathOf(result.Picture), null, null, null, failed.Reason],
        _ => throw new InvalidOperationException("unknown kind of result"),
    };
}
