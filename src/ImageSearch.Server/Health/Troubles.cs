namespace ImageSearch.Server.Health;

/// <summary>What requests found away lately. Safe for many threads.</summary>
internal sealed class Troubles(TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Trouble> _byDependency = [];

    /// <summary>What is away as far as is known.</summary>
    public IReadOnlyList<Trouble> Now
    {
        get
        {
            var now = time.GetUtcNow();
            lock (_gate)
            {
                return [.. _byDependency.Values.Where(trouble => trouble.Until > now).OrderBy(trouble => trouble.Dependency, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>A request found a dependency away.</summary>
    /// <param name="dependency">Its name.</param>
    /// <param name="message">What happened, with the cure.</param>
    /// <param name="pause">How long it asks to be left alone; null where it does not.</param>
    public void Report(string dependency, string message, TimeSpan? pause)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            var since = _byDependency.TryGetValue(dependency, out var known) && known.Until > now ? known.Since : now;
            _byDependency[dependency] = new Trouble(dependency, message, since, now + (pause > Remembered ? pause.Value : Remembered));
        }
    }

    /// <summary>A dependency was used and is there.</summary>
    public void Clear(string dependency)
    {
        lock (_gate)
        {
            _ = _byDependency.Remove(dependency);
        }
    }
}
