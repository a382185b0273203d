using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ImageSearch.Testing.Bedrock;

namespace ImageSearch.Testing.S3;

/// <summary>
/// Takes an <c>aws-chunked</c> body apart: signed chunks with or without a trailer, or unsigned ones with a trailer, as the SDKs send
/// bodies that they read only once.
/// </summary>
/// <param name="Bytes">The object's bytes.</param>
/// <param name="Trailer">Headers that come after the body, names in lower case.</param>
internal sealed record ChunkedBody(byte[] Bytes, IReadOnlyDictionary<string, string> Trailer)
{
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <exception cref="S3Refusal">The framing is broken, or a chunk's signature is wrong.</exception>
    public static ChunkedBody Parse(ReadOnlySpan<byte> body, string form, SigningSeed? seed)
    {
        var isSigned = form.StartsWith("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", StringComparison.Ordinal);
        var previous = seed?.Signature;
        using var bytes = new MemoryStream();
        while (true)
        {
            var header = Line(ref body).Split(';');
            if (!int.TryParse(header[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var length) || length > body.Length)
            {
                throw new S3Refusal("IncompleteBody", "The request body terminated unexpectedly");
            }

            var chunk = body[..length];
            body = body[length..];
            previous = isSigned ? VerifyChunk(header, chunk, seed, previous) : previous;
            if (length == 0)
            {
                return new ChunkedBody(bytes.ToArray(), Trailers(ref body, isSigned, seed, previous));
            }

            bytes.Write(chunk);
            _ = Line(ref body);
        }
    }

    private static string VerifyChunk(string[] header, ReadOnlySpan<byte> chunk, SigningSeed? seed, string? previous)
    {
        var stated = header.FirstOrDefault(part => part.StartsWith("chunk-signature=", StringComparison.Ordinal))?["chunk-signature=".Length..];
        return Verify(stated, "AWS4-HMAC-SHA256-PAYLOAD", $"{EmptyHash}\n{Convert.ToHexStringLower(SHA256.HashData(chunk))}", seed, previous);
    }

    private static Dictionary<string, string> Trailers(ref ReadOnlySpan<byte> body, bool isSigned, SigningSeed? seed, string? previous)
    {
        var trailers = new Dictionary<string, string>();
        var canonical = new StringBuilder();
        while (body.Length > 0 && Line(ref body) is { Length: > 0 } line)
        {
            var (name, value) = line.Split(':', 2) is [var before, var after] ? (before.Trim().ToLowerInvariant(), after.Trim()) : (line, "");
            if (name == "x-amz-trailer-signature")
            {
                _ = Verify(value, "AWS4-HMAC-SHA256-TRAILER", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString()))), seed, previous);
                isSigned = false;
                continue;
            }

            trailers.Add(name, value);
            canonical.Append(CultureInfo.InvariantCulture, $"{name}:{value}\n");
        }

        return isSigned && trailers.Count > 0 ? throw new S3Refusal("SignatureDoesNotMatch", "The trailer is not signed.") : trailers;
    }

    private static string Verify(string? stated, string algorithm, string hashes, SigningSeed? seed, string? previous)
    {
        var text = $"{algorithm}\n{seed?.Date}\n{seed?.Scope}\n{previous}\n{hashes}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(seed?.Key ?? [], Encoding.UTF8.GetBytes(text)));
        return stated == signature
            ? signature
            : throw new S3Refusal("SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.");
    }

    private static string Line(ref ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf("\r\n"u8);
        if (end < 0)
        {
            throw new S3Refusal("IncompleteBody", "The request body terminated unexpectedly");
        }

        var line = Encoding.ASCII.GetString(body[..end]);
        body = body[(end + 2)..];
        return line;
    }
}
