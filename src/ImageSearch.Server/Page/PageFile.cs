using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace ImageSearch.Server.Page;

/// <summary>One file of the page in one of the codings that it goes over the wire in. Another coding is another representation, with a tag of its own.</summary>
/// <param name="Bytes">What is sent.</param>
/// <param name="Coding">The content coding; null for none.</param>
/// <param name="Tag">Tells one content from another.</param>
internal sealed record PageFile(byte[] Bytes, string? Coding, EntityTagHeaderValue Tag)
{
    private const string Brotli = "br";
    private const string Gzip = "gzip";

    // Near the least that brotli can do, in a millisecond or two for the largest file.
    private const int BrotliQuality = 9;
    private const int BrotliWindow = 22;
    private const int TagDigits = 16;

    /// <summary>A file in every coding that makes it smaller, the smallest first.</summary>
    public static IReadOnlyList<PageFile> Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..TagDigits];
        PageFile[] all = [Of(bytes, null, hash), Of(ByBrotli(bytes), Brotli, hash), Of(ByGzip(bytes), Gzip, hash)];
        return [.. all.Where(file => file.Coding is null || file.Bytes.Length < bytes.Length).OrderBy(file => file.Bytes.Length)];
    }

    private static PageFile Of(byte[] bytes, string? coding, string hash) =>
        new(bytes, coding, new EntityTagHeaderValue($"\"{hash}{(coding is null ? "" : $"-{coding}")}\""));

    private static byte[] ByBrotli(byte[] bytes)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, packed, out var written, BrotliQuality, BrotliWindow) ? packed[..written] : bytes;
    }

    private static byte[] ByGzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
