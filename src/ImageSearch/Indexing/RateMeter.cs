namespace ImageSearch.Indexing;

/// <summary>How fast a count grows, over the last ten seconds rather than since the start. Not safe for many threads.</summary>
/// <param name="time">The clock.</param>
public sealed class RateMeter(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private readonly Queue<(long At, long Count)> _samples = new();

    /// <summary>Takes the count as it is now and gives the rate in units a second; 0 before it is known.</summary>
    public double Measure(long count)
    {
        var now = time.GetTimestamp();
        _samples.Enqueue((now, count));
        while (_samples.Count > 2 && time.GetElapsedTime(_samples.Peek().At, now) > Window)
        {
            _samples.Dequeue();
        }

        var (at, earlier) = _samples.Peek();
        var seconds = time.GetElapsedTime(at, now).TotalSeconds;
        return seconds > 0 ? (count - earlier) / seconds : 0;
    }
}
