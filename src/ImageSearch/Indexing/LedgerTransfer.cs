namespace ImageSearch.Indexing;

/// <summary>
/// The ledgers of all libraries of a home while one collection is copied to another: nobody indexes meanwhile, and what is known of
/// the one is known of the other afterwards, so that the next run finds everything unchanged.
/// </summary>
internal sealed class LedgerTransfer : IDisposable
{
    private readonly record struct Share(LibraryRoot Library, IndexShard Shard);

    private readonly LibraryCatalog _catalog;
    private readonly (string From, string To) _collections;
    private readonly List<Share> _shares;
    private readonly List<LibraryLock> _locks = [];

    private LedgerTransfer(LibraryCatalog catalog, string from, string to)
    {
        (_catalog, _collections) = (catalog, (from, to));
        _shares = [.. catalog.List().SelectMany(library => catalog.ShardsOf(library, from).Union(catalog.ShardsOf(library, to)).Select(shard => new Share(library, shard)))];
    }

    /// <summary>Takes the locks of all libraries.</summary>
    /// <param name="catalog">The libraries.</param>
    /// <param name="from">Name under which the ledgers of the collection are kept that is copied.</param>
    /// <param name="to">The same of the other.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IndexException">Somebody is indexing a library.</exception>
    public static LedgerTransfer Begin(LibraryCatalog catalog, string from, string to, TimeProvider time)
    {
        var transfer = new LedgerTransfer(catalog, from, to);
        try
        {
            foreach (var (library, shard) in transfer._shares)
            {
                transfer._locks.Add(LibraryLock.Take(library.Name, catalog.LedgerOf(library, from, shard), shard, time));
            }

            return transfer;
        }
        catch
        {
            transfer.Dispose();
            throw;
        }
    }

    /// <summary>Makes the target's ledgers say nothing: what they said is no longer so once points are written or deleted past them.</summary>
    public void Empty()
    {
        foreach (var (library, shard) in _shares)
        {
            if (_catalog.LedgerOf(library, _collections.To, shard) is var path && File.Exists(path))
            {
                using var ledger = Ledger.Open(path);
                ledger.Restart(Guid.Empty, []);
            }
        }
    }

    /// <summary>Gives the target a copy of each ledger that speaks of the source as it is now.</summary>
    /// <param name="source">The instance of the collection that was copied.</param>
    /// <param name="target">The instance of the copy.</param>
    public void Complete(Guid source, Guid target)
    {
        foreach (var (library, shard) in _shares)
        {
            if (_catalog.LedgerOf(library, _collections.From, shard) is var path && File.Exists(path))
            {
                using var ledger = Ledger.Open(path);
                if (ledger.Instance == source)
                {
                    Copy(ledger.Location, _catalog.LedgerOf(library, _collections.To, shard), target);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _locks.ForEach(held => held.Dispose());

    // One transaction in one file: the target's ledger says all of it or nothing.
    private static void Copy(string from, string to, Guid instance)
    {
        using var file = SqliteFile.Open(to, LedgerSchema.Kind);
        _ = file.Use(() => file.Execute(
            """
            ATTACH DATABASE $from AS source;
            BEGIN IMMEDIATE;
            DELETE FROM files; INSERT INTO files SELECT * FROM source.files;
            DELETE FROM runs; INSERT INTO runs SELECT * FROM source.runs;
            DELETE FROM facts; INSERT INTO facts SELECT * FROM source.facts;
            UPDATE facts SET value = $instance WHERE name = 'instance';
            COMMIT;
            """,
            ("$from", from),
            ("$instance", instance.ToString())));
    }
}
