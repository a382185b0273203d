namespace ImageSearch.Server.Pictures;

/// <summary>One at a time for each key. Safe for many threads.</summary>
internal sealed class KeyedLock
{
    private readonly Dictionary<string, Entry> _entries = [];

    /// <summary>Waits for the turn; disposing gives it to the next.</summary>
    public async ValueTask<Turn> EnterAsync(string key, CancellationToken cancellationToken)
    {
        Entry? entry;
        lock (_entries)
        {
            if (!_entries.TryGetValue(key, out entry))
            {
                _entries[key] = entry = new Entry();
            }

            entry.Users++;
        }

        try
        {
            await entry.Gate.WaitAsync(cancellationToken);
            return new Turn(this, key, entry);
        }
        catch (OperationCanceledException)
        {
            Leave(key, entry);
            throw;
        }
    }

    private void Leave(string key, Entry entry)
    {
        lock (_entries)
        {
            if (--entry.Users == 0)
            {
                _ = _entries.Remove(key);
                entry.Gate.Dispose();
            }
        }
    }

    /// <summary>The turn of one caller.</summary>
    internal readonly struct Turn(KeyedLock owner, string key, Entry entry) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose()
        {
            _ = entry.Gate.Release();
            owner.Leave(key, entry);
        }
    }

    /// <summary>The gate of one key and the number of those who hold it or wait.</summary>
    internal sealed class Entry
    {
        /// <summary>Open for one.</summary>
        public SemaphoreSlim Gate { get; } = new(1, 1);

        /// <summary>Those who hold it or wait.</summary>
        public int Users { get; set; }
    }
}
