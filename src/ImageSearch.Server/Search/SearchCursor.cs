using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ImageSearch.Searching;

namespace ImageSearch.Server.Search;

/// <summary>
/// Where a page ends, as text: the number of hits before the next one, and a hash of the query, so that a cursor is of no other.
/// </summary>
internal static class SearchCursor
{
    /// <summary>
    /// Pages end here: each page is found by ranking all that stands before it, so that the next one would cost too much.
    /// </summary>
    public const int Deepest = 20_000;

    private const int HashBytes = 8;
    private const int Bytes = sizeof(int) + HashBytes;

    /// <summary>The cursor to the hits behind an offset; null where there is none so deep.</summary>
    public static string? To(int offset, SearchQuery query)
    {
        if (offset >= Deepest)
        {
            return null;
        }

        Span<byte> cursor = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt32BigEndian(cursor, offset);
        HashOf(query).AsSpan(0, HashBytes).CopyTo(cursor[sizeof(int)..]);
        return Base64Url.EncodeToString(cursor);
    }

    /// <summary>The number of hits before the page that the cursor asks for; 0 without one.</summary>
    /// <exception cref="BadHttpRequestException">It is none, or of another query.</exception>
    public static int OffsetOf(string? cursor, SearchQuery query)
    {
        if (cursor is null)
        {
            return 0;
        }

        Span<byte> read = stackalloc byte[Bytes];
        var isCursor = Base64Url.GetMaxDecodedLength(cursor.Length) == Bytes && Base64Url.IsValid(cursor, out var length) && length == Bytes;
        if (!isCursor || !Base64Url.TryDecodeFromChars(cursor, read, out _))
        {
            throw new BadHttpRequestException("The cursor is not one that an answer gave. Leave it out for the first page.");
        }

        var offset = BinaryPrimitives.ReadInt32BigEndian(read);
        return offset is > 0 and < Deepest && read[sizeof(int)..].SequenceEqual(HashOf(query).AsSpan(0, HashBytes))
            ? offset
            : throw new BadHttpRequestException("The cursor belongs to another query. Leave it out for the first page of this one.");
    }

    private static byte[] HashOf(SearchQuery query) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{query.MinScore}\n{query}")));
}
