namespace ImageSearch.Collections.Embedded;

/// <summary>The tables of <c>collection.db</c>, format <see cref="Version"/>.</summary>
internal static class CollectionSchema
{
    /// <summary>"ISc1" in ASCII: marks the file as a collection of ours.</summary>
    public const int ApplicationId = 0x49536331;

    /// <summary>Grows with every change that an older program would misread.</summary>
    public const int Version = 1;

    /// <summary>
    /// A point's key is the number of its row in the vectors of the current generation. Rows never change, so a point written
    /// again gets a new key and its old row a tombstone; rows that no point and no tombstone names never became points.
    /// <c>facts</c> holds, in one narrow row a point, what filters and facets read, so that they never touch payloads. Text that
    /// repeats is a number of <c>terms</c>; <c>folded</c> is the text without case, <c>value</c> its first spelling.
    /// <c>tags</c> reads <c>,3,17,</c> and <c>colours</c> <c>,4:0.61,9:0.08,</c>: term numbers, and shares behind the colon.
    /// </summary>
    public const string Tables =
        $"""
        CREATE TABLE collection (
            instance BLOB NOT NULL,
            model TEXT NOT NULL,
            dimension INTEGER NOT NULL,
            preparation TEXT NOT NULL,
            created TEXT NOT NULL,
            generation INTEGER NOT NULL,
            rows INTEGER NOT NULL);
        CREATE TABLE points (
            key INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE,
            payload BLOB NOT NULL);
        CREATE TABLE facts (
            key INTEGER PRIMARY KEY,
            id BLOB NOT NULL,
            library INTEGER NOT NULL,
            folder INTEGER NOT NULL,
            path TEXT NOT NULL,
            content BLOB NOT NULL,
            format INTEGER NOT NULL,
            camera INTEGER,
            lens INTEGER,
            taken INTEGER,
            year INTEGER,
            latitude REAL,
            longitude REAL,
            rating INTEGER,
            width INTEGER NOT NULL,
            height INTEGER NOT NULL,
            tags TEXT NOT NULL,
            colours TEXT NOT NULL);
        CREATE INDEX facts_by_content ON facts (content);
        CREATE TABLE terms (
            number INTEGER PRIMARY KEY,
            kind INTEGER NOT NULL,
            folded TEXT NOT NULL,
            value TEXT NOT NULL,
            UNIQUE (kind, folded));
        CREATE TABLE tombstones (
            number INTEGER PRIMARY KEY,
            row INTEGER NOT NULL);
        CREATE VIRTUAL TABLE words USING fts5 (
            text,
            content = '',
            contentless_delete = 1,
            tokenize = '{WordsIndex.Tokenizer}');
        """;
}
