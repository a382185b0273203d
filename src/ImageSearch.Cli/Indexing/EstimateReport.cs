using System.Globalization;
using ImageSearch.Cli.Output;
using ImageSearch.Spending;

namespace ImageSearch.Cli.Indexing;

/// <summary>Says on stdout what indexing would do and cost.</summary>
internal static class EstimateReport
{
    private static readonly ListingColumn[] Columns =
    [
        new("Library", ColumnLook.Name), new("New"), new("Copied"), new("Changed"), new("Touched"), new("Unchanged"), new("Skipped"), new("Failed"),
        new("Gone"), new("Bytes"), new("Calls"), new("Copies"), new("Cached"),
    ];

    private static readonly ListingColumn[] CostColumns =
    [
        new("Price", ColumnLook.Dollars), new("Model", ColumnLook.Name), new("Price per picture", ColumnLook.Dollars), new("Price as of", ColumnLook.Name),
        new("Seconds"), new("Calls at once"), new("Seconds per call"), new("Measured calls"), new("Batch price", ColumnLook.Dollars),
    ];

    /// <summary>Prints estimates: a few sentences each for people, a row each for programs.</summary>
    public static void Write(Terminal terminal, IReadOnlyList<EstimatedRun> runs, SpendCap cap, OutputFormat format)
    {
        if (format != OutputFormat.Table)
        {
            var costs = runs.Any(run => run.Price is not null);
            ListingWriter.Write(terminal, new Listing(costs ? [.. Columns, .. CostColumns] : Columns, [.. runs.Select(run => Row(run, costs))]), format);
            return;
        }

        foreach (var run in runs)
        {
            foreach (var line in Lines(run))
            {
                terminal.Out.WriteLine(line);
            }
        }

        if (runs.Sum(run => run.Estimate.Price) is var price && price > cap.Dollars)
        {
            terminal.Out.WriteLine($"that is more than {MoneyText.Of(cap.Dollars.Value)}, where a run would stop");
        }
    }

    private static IEnumerable<string> Lines(EstimatedRun run)
    {
        var estimate = run.Estimate;
        var found = estimate.New + estimate.Changed + estimate.Touched + estimate.Unchanged + estimate.Skipped + estimate.Failed;
        yield return $"{IndexReport.NameOf(run.Library)}: {Counted.Text(found, "file")}" + IndexReport.Counts(
            (estimate.New - estimate.Copied, "new"), (estimate.Copied, "copied"), (estimate.Changed, "changed"), (estimate.Touched, "touched"),
            (estimate.Unchanged, "unchanged"), (estimate.Skipped, "skipped"), (estimate.Failed, "failed"), (estimate.Gone, "gone"));
        yield return $"a run would read {ByteSize.Text(estimate.Bytes)} and embed {Counted.Text(estimate.Calls, "picture")}" + IndexReport.Counts(
            (estimate.Copies, "saved as copies"), (estimate.Cached, "saved by the cache"));
        if (run.Price is { } price)
        {
            yield return CostLine(estimate.Calls, estimate.Price, price);
        }

        if (run.BatchCost is { } batchCost)
        {
            yield return $"{MoneyText.Of(batchCost)} by batch inference (--batch), which takes minutes to hours";
        }

        if (run.Time is { } time && estimate.Calls > 0)
        {
            yield return TimeLine(estimate.Calls, time);
        }
    }

    private static string CostLine(long calls, decimal cost, ModelPrice price) => !price.IsKnown
        ? $"{Counted.Text(calls, "call")} of {price.Model}, whose price is not known: set Spending:PicturePrice"
        : $"{MoneyText.Of(cost)} for {Counted.Text(calls, "call")} of {price.Model} at {MoneyText.Of(price.PerPicture)} each ({price.Source}{AsOf(price, ", ")})";

    private static string TimeLine(long calls, CallTime time)
    {
        var basis = time.Measured is { } measured
            ? string.Create(CultureInfo.InvariantCulture, $"measured: {Counted.Text(measured.Calls, "call")} since {measured.Since:yyyy-MM-dd}")
            : "assumed: none was measured yet";
        return string.Create(
            CultureInfo.InvariantCulture, $"about {TimeText.Short(time.Of(calls))} with {Counted.Text(time.AtOnce, "call")} at once, {time.PerCall.TotalSeconds:0.###} s each ({basis})");
    }

    private static string AsOf(ModelPrice price, string before) =>
        price.AsOf == default ? "" : string.Create(CultureInfo.InvariantCulture, $"{before}{price.AsOf:yyyy-MM-dd}");

    private static IReadOnlyList<object?> Row(EstimatedRun run, bool costs)
    {
        var estimate = run.Estimate;
        IReadOnlyList<object?> work =
        [
            IndexReport.NameOf(run.Library), estimate.New, estimate.Copied, estimate.Changed, estimate.Touched, estimate.Unchanged, estimate.Skipped,
            estimate.Failed, estimate.Gone, estimate.Bytes, estimate.Calls, estimate.Copies, estimate.Cached,
        ];
        return costs ? [.. work, .. Cost(run)] : work;
    }

    private static IReadOnlyList<object?> Cost(EstimatedRun run)
    {
        var price = run.Price is { IsKnown: true } known ? known : null;
        return
        [
            price is null ? null : run.Estimate.Price, run.Price?.Model, price?.PerPicture, price is null || price.AsOf == default ? null : AsOf(price, ""),
            run.Time is null ? null : Math.Round(run.Time.Of(run.Estimate.Calls).TotalSeconds, 3), (long?)run.Time?.AtOnce, run.Time?.PerCall.TotalSeconds,
            run.Time?.Measured?.Calls ?? 0, run.BatchCost,
        ];
    }
}
