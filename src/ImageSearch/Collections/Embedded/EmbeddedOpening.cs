using Microsoft.Data.Sqlite;

namespace ImageSearch.Collections.Embedded;

/// <summary>Opens and makes collections.</summary>
internal static class EmbeddedOpening
{
    private const int FirstGeneration = 1;

    public static EmbeddedCollection Open(CollectionFiles files, CollectionFingerprint? expected, CollectionAccess access, TimeProvider time)
    {
        try
        {
            if ((access == CollectionAccess.Read || expected is null) && !CollectionFiles.Holds(files.Folder))
            {
                throw NotFound(files);
            }

            return access == CollectionAccess.Read ? OpenForReading(files, expected) : OpenForWriting(files, expected, time);
        }
        catch (Exception exception) when (EmbeddedFault.From(exception, files.Folder) is { } fault)
        {
            throw fault;
        }
    }

    private static EmbeddedCollection OpenForReading(CollectionFiles files, CollectionFingerprint? expected)
    {
        CollectionHeader header;
        using (var connection = CollectionDatabase.OpenForReading(files))
        {
            header = CollectionDatabase.ReadHeader(connection, files) ?? throw NotFound(files);
        }

        Check(files, header, expected);
        var reader = new CollectionReader(files, header.Fingerprint.Dimension);
        try
        {
            // What is missing or damaged shows now and not in the middle of a search.
            _ = reader.ReadRows(snapshot => snapshot.Live.State);
            return new EmbeddedCollection(files, header, reader, null, null);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    private static EmbeddedCollection OpenForWriting(CollectionFiles files, CollectionFingerprint? expected, TimeProvider time)
    {
        RefuseAnother(files, expected);
        Directory.CreateDirectory(files.Folder);
        var writerLock = WriterLock.Take(files, time);
        SqliteConnection? connection = null;
        CollectionWriter? writer = null;
        CollectionReader? reader = null;
        try
        {
            connection = CollectionDatabase.OpenForWriting(files);
            var header = CollectionDatabase.ReadHeader(connection, files) ?? Create(connection, files, expected, time);
            Check(files, header, expected);
            writer = new CollectionWriter(connection);
            reader = new CollectionReader(files, header.Fingerprint.Dimension);
            var generation = reader.Read(session => session.ReadState()).Generation;
            files.DeleteVectorsExcept(generation);
            reader.Move(CollectionWriter.Open(generation, header.Fingerprint.Dimension, files), static () => { });
            _ = reader.ReadRows(snapshot => snapshot.Live.State);
            return new EmbeddedCollection(files, header, reader, writer, writerLock);
        }
        catch
        {
            reader?.Dispose();
            writer?.Dispose();
            connection?.Dispose();
            writerLock.Dispose();
            throw;
        }
    }

    // Before the lock is taken, so that what is refused stays as it was, without a file of ours in its folder.
    private static void RefuseAnother(CollectionFiles files, CollectionFingerprint? expected)
    {
        if (CollectionFiles.Holds(files.Folder))
        {
            using var connection = CollectionDatabase.OpenForReading(files);
            if (CollectionDatabase.ReadHeader(connection, files) is { } header)
            {
                Check(files, header, expected);
            }
        }
    }

    private static CollectionHeader Create(SqliteConnection connection, CollectionFiles files, CollectionFingerprint? expected, TimeProvider time)
    {
        // The one id that no content tells: a collection that is dropped and made again from the same pictures is another one.
#pragma warning disable RS0030
        var header = new CollectionHeader(Guid.NewGuid(), expected ?? throw NotFound(files), time.GetUtcNow());
#pragma warning restore RS0030

        // Before the tables, so that a collection with tables always has its vectors.
        CollectionWriter.Open(FirstGeneration, header.Fingerprint.Dimension, files).Dispose();
        CollectionDatabase.Create(connection, header, FirstGeneration);
        return header;
    }

    private static void Check(CollectionFiles files, CollectionHeader header, CollectionFingerprint? expected)
    {
        if (expected is not null && expected != header.Fingerprint)
        {
            throw new CollectionException(
                CollectionFault.FingerprintMismatch,
                $"The vectors of the collection in '{files.Folder}' were made by {header.Fingerprint}; asked for was {expected}. Their distances mean nothing to each other: choose the model it was made with, or another collection and index into it.");
        }
    }

    private static CollectionException NotFound(CollectionFiles files) => new(
        CollectionFault.NotFound,
        $"There is no collection in '{files.Folder}'. Index something into it first.");
}
