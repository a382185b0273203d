using ImageSearch.Indexing;

namespace ImageSearch.Server.Libraries;

/// <summary>
/// What the ledgers say about the libraries, read again when it is a few seconds old: every search tells of it, and none should wait
/// for it. Safe for many threads.
/// </summary>
internal sealed class LibraryLedgers(ImageSearchHome home, TimeProvider time, ILogger<LibraryLedgers> logger)
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(2);

    private readonly Lock _reading = new();
    private volatile Reading? _last;

    /// <summary>The libraries, ordered by name.</summary>
    /// <exception cref="IndexException">The catalog or a ledger cannot be read.</exception>
    public IReadOnlyList<LibraryStatus> List()
    {
        var reading = Latest();
        return reading.Failure is { } failure ? throw failure : reading.Statuses;
    }

    /// <summary>Pictures that the libraries are known to have, and those of them that failed; none where the ledgers cannot be read.</summary>
    public (long Found, long Failed) Total()
    {
        var reading = Latest();
        return (reading.Found, reading.Failed);
    }

    /// <summary>Lets the next one who asks read anew.</summary>
    public void Forget() => _last = null;

    // While one reads, the others take what was read before.
    private Reading Latest()
    {
        var last = _last;
        if (last is not null && time.GetElapsedTime(last.At) < Age)
        {
            return last;
        }

        if (last is null)
        {
            _reading.Enter();
        }
        else if (!_reading.TryEnter())
        {
            return last;
        }

        try
        {
            return _last is { } newer && newer != last ? newer : _last = Read();
        }
        finally
        {
            _reading.Exit();
        }
    }

    private Reading Read()
    {
        var at = time.GetTimestamp();
        try
        {
            return new Reading(at, [.. home.Libraries.List().Select(StatusOf)], null);
        }
        catch (IndexException failure)
        {
            logger.LedgersUnreadable(failure.Message);
            return new Reading(at, [], failure);
        }
    }

    // A ledger is only opened where there is one: asking must not make it.
    private LibraryStatus StatusOf(LibraryRoot library)
    {
        var status = LibraryStatus.Unknown(library);
        foreach (var shard in home.Shards(library))
        {
            using var ledger = home.OpenLedger(library, shard);
            status = status.With(ledger.Status());
        }

        return status;
    }

    private sealed record Reading(long At, IReadOnlyList<LibraryStatus> Statuses, IndexException? Failure)
    {
        public long Failed { get; } = Statuses.Sum(status => (long)status.Failed.Count);

        public long Found { get; } = Statuses.Sum(status => status.Indexed + status.Pending + status.Failed.Count);
    }
}
