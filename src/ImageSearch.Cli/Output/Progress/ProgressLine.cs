using System.Globalization;
using ImageSearch.Indexing;
using ImageSearch.Pacing;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ImageSearch.Cli.Output.Progress;

/// <summary>The line that moves while a library is indexed: bar, count, rate, time left, calls in flight, money spent, failures.</summary>
internal static class ProgressLine
{
    private const int BarWidth = 20;
    private static readonly Style Quiet = new(decoration: Decoration.Dim);
    private static readonly Style Done = new(Color.Green);
    private static readonly Style Bad = new(Color.Red);

    /// <summary>Draws it.</summary>
    /// <param name="library">Name of the library.</param>
    /// <param name="summary">The counts so far.</param>
    /// <param name="total">How many entries there are; null while that is not known.</param>
    /// <param name="rate">Entries a second.</param>
    /// <param name="pace">How the provider's calls come along; null where none is called.</param>
    /// <param name="spent">What was spent so far, in US dollars; null where nothing costs.</param>
    /// <param name="isStopping">Whether the run was asked to stop.</param>
    public static IRenderable Draw(
        string library, IndexSummary summary, long? total, double rate, CallPaceStatus? pace, decimal? spent, bool isStopping)
    {
        var line = new Paragraph { Overflow = Overflow.Ellipsis };
        line.Append(SafeText.OneLine(library) + "  ");
        if (total is > 0 and var all)
        {
            var filled = (int)Math.Clamp(summary.Found * BarWidth / all, 0, BarWidth);
            line.Append(new string('━', filled), Done).Append(new string('━', BarWidth - filled), Quiet).Append("  ");
        }

        line.Append(summary.Found.ToString("N0", CultureInfo.InvariantCulture));
        line.Append(total is { } known ? string.Create(CultureInfo.InvariantCulture, $" of {known:N0}") : "", Quiet);
        if (isStopping)
        {
            return line.Append("  finishing what is in flight", Quiet);
        }

        line.Append(string.Create(CultureInfo.InvariantCulture, $"  {rate:N0}/s"), Quiet);
        if (total - summary.Found is > 0 and var left && rate > 0)
        {
            line.Append($"  {TimeText.Short(TimeSpan.FromSeconds(Math.Ceiling(left / rate)))} left", Quiet);
        }

        if (pace is { } calls)
        {
            line.Append(string.Create(CultureInfo.InvariantCulture, $"  {calls.InFlight} of {calls.Width} calls"), Quiet);
            line.Append(calls.Pause > TimeSpan.Zero ? $", throttled for {TimeText.Short(calls.Pause)}" : "", Quiet);
        }

        if (spent is { } dollars)
        {
            line.Append($"  {MoneyText.Of(dollars)}", Quiet);
        }

        if (summary.Failed > 0)
        {
            line.Append(string.Create(CultureInfo.InvariantCulture, $"  {summary.Failed:N0} failed"), Bad);
        }

        return line;
    }
}
