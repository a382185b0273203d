using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ImageSearch.Searching;

namespace ImageSearch.Server.Search;

/// <summary>
/// Where a page ends, as text: the number of hits before the next one, how the query was planned and on which day, so that a page that is asked for
/// after midnight follows on, and a hash of the planned query, so that a cursor is of no other.
/// </summary>
/// <param name="Offset">Hits before the next page.</param>
/// <param name="Plan">How the query was planned.</param>
/// <param name="Hash">The hash of the planned query.</param>
internal sealed record SearchCursor(int Offset, PlanRequest Plan, byte[] Hash)
{
    /// <summary>
    /// Pages end here: each page is found by ranking all that stands before it, so that the next one would cost too much.
    /// </summary>
    public const int Deepest = 20_000;

    private const int DayAt = sizeof(int);
    private const int PlanAt = DayAt + sizeof(int);
    private const int HashAt = PlanAt + 1;
    private const int HashBytes = 8;
    private const int Bytes = HashAt + HashBytes;
    private const int Translated = 4;

    /// <summary>The cursor to the hits behind an offset; null where there is none so deep.</summary>
    /// <param name="offset">Hits before the next page.</param>
    /// <param name="query">The planned query.</param>
    /// <param name="plan">How it was planned.</param>
    public static string? To(int offset, SearchQuery query, PlanRequest plan)
    {
        if (offset >= Deepest)
        {
            return null;
        }

        Span<byte> cursor = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt32BigEndian(cursor, offset);
        BinaryPrimitives.WriteInt32BigEndian(cursor[DayAt..], plan.Today.DayNumber);
        cursor[PlanAt] = (byte)((int)plan.By | (plan.Translates ? Translated : 0));
        HashOf(query).CopyTo(cursor[HashAt..]);
        return Base64Url.EncodeToString(cursor);
    }

    /// <summary>Reads a cursor; null where there is none.</summary>
    /// <exception cref="BadHttpRequestException">It is not one that an answer gave.</exception>
    public static SearchCursor? Read(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        Span<byte> read = stackalloc byte[Bytes];
        var isCursor = Base64Url.GetMaxDecodedLength(cursor.Length) == Bytes && Base64Url.IsValid(cursor, out var length) && length == Bytes;
        if (!isCursor || !Base64Url.TryDecodeFromChars(cursor, read, out _)
            || BinaryPrimitives.ReadInt32BigEndian(read[DayAt..]) is not (>= 0 and var day) || day > DateOnly.MaxValue.DayNumber
            || (QueryPlanning)(read[PlanAt] & ~Translated) is not (var by and <= QueryPlanning.Model))
        {
            throw new BadHttpRequestException("The cursor is not one that an answer gave. Leave it out for the first page.");
        }

        var plan = new PlanRequest(by, DateOnly.FromDayNumber(day)) { Translates = (read[PlanAt] & Translated) != 0 };
        return new SearchCursor(BinaryPrimitives.ReadInt32BigEndian(read), plan, read[HashAt..].ToArray());
    }

    /// <summary>The number of hits before the page that is asked for.</summary>
    /// <param name="query">The planned query.</param>
    /// <exception cref="BadHttpRequestException">The cursor is of another query.</exception>
    public int OffsetIn(SearchQuery query) => Offset is > 0 and < Deepest && Hash.AsSpan().SequenceEqual(HashOf(query))
        ? Offset
        : throw new BadHttpRequestException("The cursor belongs to another query. Leave it out for the first page of this one.");

    private static ReadOnlySpan<byte> HashOf(SearchQuery query) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{query.MinScore}\n{query}"))).AsSpan(0, HashBytes);
}
