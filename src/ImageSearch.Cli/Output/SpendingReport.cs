using ImageSearch.Spending;

namespace ImageSearch.Cli.Output;

/// <summary>Says on stdout what was spent, in this month and in all, by model. Months are those of UTC, as the provider bills.</summary>
internal static class SpendingReport
{
    private static readonly ListingColumn[] Columns =
    [
        new("Model", ColumnLook.Name), new("This month", ColumnLook.Dollars), new("In all", ColumnLook.Dollars), new("Unsettled", ColumnLook.Dollars),
        new("Calls", ColumnLook.Number), new("Pictures", ColumnLook.Number), new("Input tokens", ColumnLook.Number), new("Output tokens", ColumnLook.Number),
    ];

    /// <summary>Prints it; for people nothing on stdout where nothing was spent.</summary>
    public static void Write(Terminal terminal, ImageSearchHome home, TimeProvider time, OutputFormat format)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var (month, all) = (home.SpentByModel(new DateOnly(today.Year, today.Month, 1)), home.SpentByModel());
        if (format == OutputFormat.Table)
        {
            if (all.Count == 0)
            {
                return;
            }

            terminal.Out.WriteLine($"{MoneyText.Of(month.Sum(model => model.Dollars))} spent this month, {MoneyText.Of(all.Sum(model => model.Dollars))} in all{Unsettled(all)}");
        }

        ListingWriter.Write(terminal, new Listing(Columns, [.. all.Select(model => Row(model, month))]), format);
    }

    private static string Unsettled(IReadOnlyList<ModelSpend> all) => all.Sum(model => model.Unsettled) is > 0 and var dollars
        ? $", {MoneyText.Of(dollars)} of it for calls that are under way or whose process was killed"
        : "";

    private static IReadOnlyList<object?> Row(ModelSpend model, IReadOnlyList<ModelSpend> month) =>
    [
        model.Model, month.FirstOrDefault(lately => lately.Model == model.Model)?.Dollars ?? 0m, model.Dollars, model.Unsettled,
        model.Calls, model.Usage.Pictures, model.Usage.InputTokens, model.Usage.OutputTokens,
    ];
}
