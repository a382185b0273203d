using System.Collections.Immutable;

namespace ImageSearch.Indexer;

/// <summary>What the worker is doing and what it lacks, for everyone who asks. Safe for many threads.</summary>
internal sealed class WorkerState(TimeProvider time)
{
    private readonly Lock _gate = new();
    private ImmutableSortedDictionary<string, LibraryState> _libraries = ImmutableSortedDictionary.Create<string, LibraryState>(StringComparer.Ordinal);
    private ImmutableList<Trouble> _troubles = [];

    /// <summary>The libraries by name.</summary>
    public IReadOnlyDictionary<string, LibraryState> Libraries => Volatile.Read(ref _libraries);

    /// <summary>What is away, in the order in which it went.</summary>
    public IReadOnlyList<Trouble> Troubles => Volatile.Read(ref _troubles);

    /// <summary>A library goes over to something else.</summary>
    public void Enter(string library, LibraryPhase phase)
    {
        lock (_gate)
        {
            _libraries = _libraries.SetItem(library, new LibraryState(phase, time.GetUtcNow()));
        }
    }

    /// <summary>Somebody found something away. It stays away until that somebody has got through.</summary>
    public void Report(string reporter, string dependency, string message, TimeSpan pause)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            var since = _troubles.Find(trouble => trouble.Reporter == reporter && trouble.Dependency == dependency)?.Since ?? now;
            _troubles = _troubles.RemoveAll(trouble => trouble.Reporter == reporter).Add(new Trouble(dependency, reporter, message, since, now + pause));
        }
    }

    /// <summary>Somebody got through: what it had found away is there again.</summary>
    /// <returns>The dependencies that are there again for everyone.</returns>
    public IReadOnlyList<string> Clear(string reporter)
    {
        lock (_gate)
        {
            var cleared = _troubles.FindAll(trouble => trouble.Reporter == reporter);
            _troubles = _troubles.RemoveRange(cleared);
            return [.. cleared.Select(trouble => trouble.Dependency).Except(_troubles.Select(trouble => trouble.Dependency))];
        }
    }
}
