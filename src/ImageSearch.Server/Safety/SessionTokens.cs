using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace ImageSearch.Server.Safety;

/// <summary>
/// What the page's cookie holds instead of a key: what it opens, until when, and a signature that only this run of the server can make.
/// Nothing is stored; a restart ends all sessions.
/// </summary>
internal sealed class SessionTokens(TimeProvider time)
{
    private const int ContentLength = 1 + sizeof(long);
    private const int Length = ContentLength + HMACSHA256.HashSizeInBytes;

    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);

    /// <summary>How long a session lasts.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(7);

    /// <summary>A token that opens so much from now on.</summary>
    public string Issue(Access access)
    {
        Span<byte> token = stackalloc byte[Length];
        token[0] = (byte)access;
        BinaryPrimitives.WriteInt64BigEndian(token[1..], (time.GetUtcNow() + Lifetime).UtcTicks);
        _ = HMACSHA256.HashData(_secret, token[..ContentLength], token[ContentLength..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>What a token opens; nothing when it was not made here, or is over.</summary>
    public Access AccessOf(string text)
    {
        Span<byte> token = stackalloc byte[Length];
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (Base64Url.DecodeFromChars(text, token, out _, out var length) != OperationStatus.Done || length != Length)
        {
            return Access.Nothing;
        }

        _ = HMACSHA256.HashData(_secret, token[..ContentLength], signature);
        var isOurs = CryptographicOperations.FixedTimeEquals(signature, token[ContentLength..]);
        return isOurs && BinaryPrimitives.ReadInt64BigEndian(token[1..]) > time.GetUtcNow().UtcTicks ? (Access)token[0] : Access.Nothing;
    }
}
