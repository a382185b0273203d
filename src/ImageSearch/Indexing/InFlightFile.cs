using ImageSearch.Imaging;

namespace ImageSearch.Indexing;

/// <summary>A file that a process is on.</summary>
/// <param name="Path">Path below the library's root.</param>
/// <param name="Stamp">Its state when it was taken up.</param>
/// <param name="Alone">True when nothing else was worked on at the time, so that a death is this file's doing.</param>
internal sealed record InFlightFile(string Path, FileStamp Stamp, bool Alone)
{
    /// <summary>The ledger's row for a file on which a process died: refused for good when it was alone, else until it has been tried alone.</summary>
    public LedgerRow SetAside(Ledger ledger)
    {
        var row = LedgerRow.Of(Path, Alone ? LedgerState.Failed : LedgerState.Suspect);
        return row with
        {
            Stored = ledger.Rows(row.Folder).GetValueOrDefault(row.Name) is { Stored: true },
            Stamp = Stamp,
            ReadAt = long.MaxValue,
            Reason = nameof(ImageRefusal.CrashedTheDecoder),
            Message = Alone
                ? "The process died while it was on this file and no other. It is set aside; retry tries it again."
                : "The process died while it was on this file and others. It is tried again alone at the end of the next run.",
        };
    }
}
