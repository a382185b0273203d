using System.Security.Cryptography;
using System.Text;

namespace ImageSearch.Collections;

/// <summary>Ids of points: version 5 UUIDs of <c>library/path</c> (RFC 9562, section 5.5).</summary>
public static class PointId
{
    private static readonly Guid Namespace = new("6f4fbb0e-0f0c-5a7e-9d3c-2b7a1e5d8c41");

    /// <summary>The id of the picture at <paramref name="path"/> in <paramref name="library"/>.</summary>
    public static Guid Of(string library, string path)
    {
        var name = Encoding.UTF8.GetBytes($"{library}/{path}");
        Span<byte> hashed = new byte[16 + name.Length];
        _ = Namespace.TryWriteBytes(hashed, bigEndian: true, out _);
        name.CopyTo(hashed[16..]);

        // RFC 9562 defines version 5 on SHA-1; nothing here relies on it being hard to forge.
#pragma warning disable CA5350
        var digest = SHA1.HashData(hashed).AsSpan(0, 16);
#pragma warning restore CA5350
        digest[6] = (byte)((digest[6] & 0x0F) | 0x50);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new Guid(digest, bigEndian: true);
    }
}
