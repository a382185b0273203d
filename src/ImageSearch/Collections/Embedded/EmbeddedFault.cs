using System.Text.Json;
using ImageSearch.Collections.Vectors;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ImageSearch.Collections.Embedded;

/// <summary>Turns what SQLite and the file system refuse into the fault that a person can act on.</summary>
internal static class EmbeddedFault
{
    /// <summary>The fault behind an exception; null when it is none of the collection's.</summary>
    public static CollectionException? From(Exception exception, string folder) => exception switch
    {
        SqliteException sqlite => FromSqlite(sqlite, folder),
        JsonException => Damaged(folder, "a stored payload cannot be read", exception),
        IOException or UnauthorizedAccessException => StorageFault.From(exception, folder),
        _ => null,
    };

    public static CollectionException Damaged(string folder, string what, Exception? exception = null) => new(
        CollectionFault.Damaged,
        $"The collection in '{folder}' is damaged: {what}. Delete the folder and index again; embeddings that are in the cache cost nothing.",
        exception);

    public static CollectionException Foreign(string folder, Exception? exception = null) => new(
        CollectionFault.ForeignFormat,
        $"'{folder}' holds something that is no collection of ImageSearch. Choose another folder, or move what is there away.",
        exception);

    private static CollectionException FromSqlite(SqliteException exception, string folder) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => new(CollectionFault.Full, $"No space left for the collection in '{folder}'. Free some space and run again; nothing that was acknowledged is lost.", exception),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new(CollectionFault.Busy, $"The collection in '{folder}' is locked by another program. Close what has '{folder}' open and run again.", exception),
        raw.SQLITE_CORRUPT => Damaged(folder, exception.Message, exception),
        raw.SQLITE_NOTADB => Foreign(folder, exception),
        _ => new(CollectionFault.Unreachable, $"The collection in '{folder}' cannot be read or written: {exception.Message} Check that the folder exists and is yours to write.", exception),
    };
}
