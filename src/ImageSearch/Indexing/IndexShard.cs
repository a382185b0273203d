using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ImageSearch.Collections;

namespace ImageSearch.Indexing;

/// <summary>
/// A share of every library, for one of several indexers that work side by side and know nothing of each other: the pictures
/// whose ids lie in one of <paramref name="Count"/> equal ranges. Ids are hashes of library and path (<see cref="PointId"/>),
/// so every indexer draws the same lines, and the shares 0 to Count - 1 together are the whole.
/// </summary>
/// <param name="Number">Which of the ranges, from 0.</param>
/// <param name="Count">Number of ranges, 1 to <see cref="MaxCount"/>.</param>
public sealed record IndexShard(int Number, int Count)
{
    /// <summary>Most shares that a library is divided into.</summary>
    public const int MaxCount = 1024;

    /// <summary>Everything.</summary>
    public static IndexShard Whole { get; } = new(0, 1);

    /// <summary>Reads what a person writes, for example <c>3/8</c> for the share 3 of 0 to 7.</summary>
    /// <returns>False when it is no share.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out IndexShard? shard)
    {
        var parts = text.Split('/');
        var isShard = int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            & int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && parts.Length == 2 && count is >= 1 and <= MaxCount && number < count;
        shard = isShard ? new IndexShard(number, count) : null;
        return isShard;
    }

    /// <summary>Whether a picture belongs to the share.</summary>
    /// <param name="id">The id of its point.</param>
    public bool Holds(Guid id)
    {
        // The first 32 bits are hash alone; the version and variant of a UUID lie behind them.
        Span<byte> bytes = stackalloc byte[16];
        _ = id.TryWriteBytes(bytes, bigEndian: true, out _);
        return (long)(((ulong)BinaryPrimitives.ReadUInt32BigEndian(bytes) * (ulong)Count) >> 32) == Number;
    }

    /// <summary>Whether some picture may belong to both.</summary>
    public bool Overlaps(IndexShard other) => (long)Number * other.Count < (other.Number + 1L) * Count && (long)other.Number * Count < (Number + 1L) * other.Count;

    /// <summary>As it is written on a command line.</summary>
    public override string ToString() => $"{Number}/{Count}";

    /// <summary>What sets the file of a share apart from that of the whole; names of collections have no <c>@</c>.</summary>
    internal string FileSuffix => this == Whole ? "" : $"@{Number}-of-{Count}";

    /// <summary>Reads <see cref="FileSuffix"/>; null when it is none.</summary>
    internal static IndexShard? FromFileSuffix(string suffix) =>
        suffix.Length == 0 ? Whole
        : suffix[0] == '@' && TryParse(suffix[1..].Replace("-of-", "/", StringComparison.Ordinal), out var shard) ? shard
        : null;

    /// <summary>Whether an entry of a library belongs to the share.</summary>
    internal bool Holds(string library, string path) => this == Whole || Holds(PointId.Of(library, path));
}
