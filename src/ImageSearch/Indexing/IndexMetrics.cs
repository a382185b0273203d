using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ImageSearch.Indexing;

/// <summary>The numbers of indexing, on the meter <c>ImageSearch</c>.</summary>
internal static class IndexMetrics
{
    private static readonly Meter Meter = new("ImageSearch");

    private static readonly Counter<long> Files = Meter.CreateCounter<long>("imagesearch.files", "{file}", "Entries of libraries by what became of them.");

    private static readonly ConcurrentDictionary<IndexQueues, byte> Runs = new();

    // The meter keeps it alive and asks it whenever somebody listens.
    private static readonly ObservableGauge<int> Queues = Meter.CreateObservableGauge(
        "imagesearch.queue.length", Lengths, "{file}", "Files that wait for a stage of a run.");

    /// <summary>Counts a result.</summary>
    public static void Count(string library, IndexResult result) =>
        Files.Add(1, new KeyValuePair<string, object?>("library", library), new KeyValuePair<string, object?>("outcome", OutcomeOf(result)));

    /// <summary>Shows the queues of a run that begins.</summary>
    public static void Show(IndexQueues queues) => Runs[queues] = 0;

    /// <summary>Shows them no more.</summary>
    public static void Hide(IndexQueues queues) => Runs.TryRemove(queues, out _);

    private static string OutcomeOf(IndexResult result) => result switch
    {
        IndexResult.Indexed indexed => indexed.Change.ToString().ToLowerInvariant(),
        IndexResult.Unchanged => "unchanged",
        IndexResult.Skipped => "skipped",
        IndexResult.Failed failed => failed.Earlier ? "failed_earlier" : "failed",
        IndexResult.Removed => "removed",
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, "not a result that is counted"),
    };

    private static IEnumerable<Measurement<int>> Lengths() =>
        from queues in Runs.Keys
        from stage in new (string Name, int Length)[]
        {
            ("read", queues.ToRead.Reader.Count), ("embed", queues.ToEmbed.Reader.Count), ("write", queues.ToWrite.Reader.Count),
        }
        select new Measurement<int>(stage.Length, new("library", queues.Library), new KeyValuePair<string, object?>("stage", stage.Name));
}
