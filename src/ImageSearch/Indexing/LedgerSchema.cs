namespace ImageSearch.Indexing;

/// <summary>The SQLite file of a ledger.</summary>
internal static class LedgerSchema
{
    // A power cut may lose the last entries; the collection then already holds those files, and writing twice is writing once.
    public static SqliteFileKind Kind { get; } = new(
        "ledger",
        ApplicationId: 0x49534C47, // "ISLG"
        Version: 1,
        "PRAGMA synchronous = NORMAL;",
        """
        CREATE TABLE IF NOT EXISTS files (
            folder TEXT NOT NULL, name TEXT NOT NULL, state INTEGER NOT NULL, stored INTEGER NOT NULL,
            size INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL, read_at INTEGER NOT NULL,
            sha256 TEXT, reason TEXT, message TEXT, PRIMARY KEY (folder, name)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS runs (
            id INTEGER PRIMARY KEY, folder TEXT NOT NULL, started INTEGER NOT NULL, ended INTEGER, outcome INTEGER NOT NULL, message TEXT,
            new INTEGER NOT NULL DEFAULT 0, copied INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0,
            touched INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0, skipped INTEGER NOT NULL DEFAULT 0,
            failed INTEGER NOT NULL DEFAULT 0, removed INTEGER NOT NULL DEFAULT 0, embedded INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        """,
        "Delete it and run again; pictures are read again, but none is embedded twice.",
        (message, cause) => new IndexException(IndexFault.LedgerUnusable, message, cause));
}
