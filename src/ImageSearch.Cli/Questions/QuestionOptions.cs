using System.CommandLine;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Output;
using ImageSearch.Cli.Settings;
using ImageSearch.Collections;
using ImageSearch.Searching;
using ImageSearch.Settings;
using ImageSearch.Vision;

namespace ImageSearch.Cli.Questions;

/// <summary>What the commands that ask a model have in common: which pictures, what it may cost, how the answer is printed.</summary>
internal sealed class QuestionOptions
{
    private const int UsualHits = 4;
    private const int MostHits = 100;

    private readonly Option<string> _query = new("--query") { Description = "Ask also about the best hits of this search, after all other pictures.", HelpName = "WORDS" };
    private readonly Option<int?> _top = new("--top") { Description = $"How many hits of --query; {UsualHits} by default.", HelpName = "N" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say what would be sent and the most that it costs, and do nothing." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_query);
        command.Add(_top);
        command.Add(_dryRun);
        command.Add(new SettingFlag("--max-cost", ImageSearchSettings.VisionMaxCost, "DOLLARS"));
        new OutputOptions().AddTo(command);
        new HomeOptions().AddTo(command);
    }

    /// <summary>Whether nothing is to be sent.</summary>
    public bool IsDryRun(ParseResult parsed) => parsed.GetValue(_dryRun);

    /// <summary>The pictures of the hits that are asked about; none without <c>--query</c>.</summary>
    /// <exception cref="UsageException">The number is none.</exception>
    public async Task<IReadOnlyList<QuestionPart>> HitsAsync(ParseResult parsed, ImageSearchHome home, Shell shell, int before, CancellationToken cancellationToken)
    {
        var top = parsed.GetValue(_top);
        if (top is not (null or >= 1 and <= MostHits) || (top is not null && parsed.GetValue(_query) is null))
        {
            throw new UsageException($"--top takes a number from 1 to {MostHits}, beside --query.");
        }

        if (parsed.GetValue(_query) is not { } words)
        {
            return [];
        }

        await using var collection = await home.OpenCollectionAsync(CollectionAccess.Read, cancellationToken);
        var query = home.PlannerOf(collection).ReadUsually(QueryParser.Parse(words)) with { Limit = top ?? UsualHits };
        var page = await home.SearcherOf(collection, shell.CurrentDirectory).SearchAsync(query, cancellationToken);
        return await ReadAsync(page.Hits, home, shell, before, cancellationToken);
    }

    /// <summary>Says what a question costs at most, and prints its answer as it comes unless nothing is to be sent.</summary>
    public async Task AnswerAsync(ParseResult parsed, PreparedQuestion question, Asker asker, AnswerPrinter printer, CancellationToken cancellationToken)
    {
        printer.Write(question.Estimate);
        if (!IsDryRun(parsed))
        {
            await printer.WriteAsync(asker.AnswerAsync(question, cancellationToken));
        }
    }

    /// <summary>Reads hits, and says which is which: the answer knows them by their numbers alone.</summary>
    private static async Task<IReadOnlyList<QuestionPart>> ReadAsync(
        IReadOnlyList<SearchHit> hits, ImageSearchHome home, Shell shell, int before, CancellationToken cancellationToken)
    {
        var (parts, files) = (new List<QuestionPart>(), new LibraryFiles(home.Libraries.List()));
        foreach (var hit in hits)
        {
            var file = SafeText.OneLine(shell.Shortened(files.PathOf(hit.Picture)));
            try
            {
                parts.Add(new QuestionPart.Material(await home.Questions.ReadAsync(hit.Picture, cancellationToken)));
                shell.Terminal.Error.WriteLine($"picture {before + parts.Count}: {file}");
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                shell.Terminal.Error.WriteLine($"left out: {file} cannot be read ({SafeText.OneLine(failure.Message)})");
            }
        }

        return parts;
    }
}
