namespace ImageSearch.Indexing;

/// <summary>Finds out, while a library is walked, which files of the ledger are gone, and whether that many may go.</summary>
/// <param name="ledger">What is known about files.</param>
/// <param name="scope">The part of the library that is walked.</param>
internal sealed class LibrarySweep(Ledger ledger, string scope)
{
    private const int FewEnough = 100;
    private const double SmallShare = 0.1;

    private readonly HashSet<string> _walked = new(StringComparer.Ordinal);
    private readonly List<string> _unreadable = [];
    private readonly List<LedgerRow> _gone = [];
    private readonly long _storedBefore = ledger.CountStored(scope);

    /// <summary>Notes a walked folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="missing">Rows of it that no entry answered to.</param>
    public void Note(WalkedFolder folder, IEnumerable<LedgerRow> missing)
    {
        if (folder.Fault is null)
        {
            _ = _walked.Add(folder.Path);
            _gone.AddRange(missing);
        }
        else
        {
            _unreadable.Add(folder.Path);
        }
    }

    /// <summary>The rows of files that are gone, once the walk is over. Nothing below a folder that could not be listed counts as gone.</summary>
    public IReadOnlyList<LedgerRow> Gone()
    {
        foreach (var folder in ledger.Folders(scope).Where(folder => !_walked.Contains(folder) && !IsUnreadable(folder)))
        {
            _gone.AddRange(ledger.Rows(folder).Values);
            _ = _walked.Add(folder);
        }

        return _gone;
    }

    /// <summary>Refuses what looks like a mistake or a disk that is not there.</summary>
    /// <param name="gone">The rows of files that are gone.</param>
    /// <param name="otherDevice">True when the root lies on another device than in the run before.</param>
    /// <exception cref="IndexException">Too many are gone.</exception>
    public void Check(IReadOnlyList<LedgerRow> gone, bool otherDevice)
    {
        var stored = gone.Where(row => row.Stored).ToList();
        if (otherDevice && stored.Count > 0 && stored.Count == _storedBefore)
        {
            throw new IndexException(
                IndexFault.MassDeletion,
                $"All {stored.Count:N0} known pictures are gone, and the folder lies on another device than before: its disk is probably not mounted. " +
                "Nothing was deleted. If they really are gone, allow mass deletion.");
        }

        if (stored.Count <= FewEnough || stored.Count <= SmallShare * _storedBefore)
        {
            return;
        }

        var lost = CountLost(stored);
        if (lost > FewEnough && lost > SmallShare * _storedBefore)
        {
            throw new IndexException(
                IndexFault.MassDeletion,
                $"{lost:N0} of {_storedBefore:N0} known pictures are gone from the disk. Nothing was deleted. " +
                "If they really are gone, allow mass deletion; if not, see whether a disk is not mounted or a folder was renamed by mistake.");
        }
    }

    /// <summary>Pictures that were only moved have their content elsewhere in the library and are not lost.</summary>
    private long CountLost(List<LedgerRow> gone)
    {
        var copies = ledger.CountContents();
        foreach (var row in gone.Where(row => row.State == LedgerState.Indexed && row.Sha256 is not null))
        {
            copies[row.Sha256!]--;
        }

        return gone.Count(row => row.Sha256 is null || copies.GetValueOrDefault(row.Sha256) == 0);
    }

    private bool IsUnreadable(string folder) =>
        _unreadable.Any(path => folder == path || folder.StartsWith(path + "/", StringComparison.Ordinal));
}
