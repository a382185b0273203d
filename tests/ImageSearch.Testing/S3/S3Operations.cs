using System.Buffers.Binary;
using System.Globalization;
using System.Security;
using System.Text;
using ImageSearch.Testing.Bedrock;
using Microsoft.AspNetCore.Http;

namespace ImageSearch.Testing.S3;

/// <summary>Answers the operations on objects.</summary>
internal sealed class S3Operations(FakeS3Options options)
{
    private const string Xmlns = "http://s3.amazonaws.com/doc/2006-03-01/";

    private readonly S3Uploads _uploads = new(options.Buckets);

    public S3Answer Answer(S3Request request, IHeaderDictionary headers, byte[] body, SigningSeed? seed)
    {
        if (!options.Buckets.Names.Contains(request.Bucket))
        {
            throw new S3Refusal("NoSuchBucket", "The specified bucket does not exist");
        }

        return request.Operation switch
        {
            "PutObject" => Put(request, Received(headers, body, seed)),
            "CreateMultipartUpload" => _uploads.Create(request),
            "UploadPart" => _uploads.Put(request, Received(headers, body, seed)),
            "CompleteMultipartUpload" => _uploads.Complete(request, body),
            "AbortMultipartUpload" => _uploads.Abort(request),
            "GetObject" or "HeadObject" => Get(request, headers),
            "DeleteObject" => Delete(request),
            "ListObjectsV2" => List(request),
            _ => throw new S3Refusal("NotImplemented", "A header or query you provided implies functionality that is not implemented."),
        };
    }

    /// <summary>The bytes that a body carries, held against what its headers say of them.</summary>
    private static byte[] Received(IHeaderDictionary headers, byte[] body, SigningSeed? seed)
    {
        var form = headers["x-amz-content-sha256"].ToString();
        var chunked = form.StartsWith("STREAMING-", StringComparison.Ordinal) ? ChunkedBody.Parse(body, form, seed) : null;
        var bytes = chunked?.Bytes ?? body;
        if (chunked is not null && headers["x-amz-decoded-content-length"] != bytes.Length.ToString(CultureInfo.InvariantCulture))
        {
            throw new S3Refusal("IncompleteBody", "You did not provide the number of bytes specified by the x-amz-decoded-content-length header.");
        }

        var checksum = chunked?.Trailer.GetValueOrDefault("x-amz-checksum-crc32") ?? headers["x-amz-checksum-crc32"].ToString();
        if (checksum is { Length: > 0 } && checksum != ChecksumOf(bytes))
        {
            throw new S3Refusal("BadDigest", "The CRC32 you specified did not match the calculated checksum.");
        }

        return bytes;
    }

    private S3Answer Put(S3Request request, byte[] bytes)
    {
        options.Buckets.Put(request.Bucket, request.Key, bytes);
        return new S3Answer(200, new Dictionary<string, string> { ["ETag"] = options.Buckets.Get(request.Bucket, request.Key)!.ETag }, ReadOnlyMemory<byte>.Empty);
    }

    private S3Answer Get(S3Request request, IHeaderDictionary headers)
    {
        var found = options.Buckets.Get(request.Bucket, request.Key) ?? throw new S3Refusal("NoSuchKey", "The specified key does not exist.");
        if (headers.IfMatch.ToString() is { Length: > 0 } match && match != found.ETag)
        {
            throw new S3Refusal("PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
        }

        var answer = new Dictionary<string, string>
        {
            ["ETag"] = found.ETag,
            ["Accept-Ranges"] = "bytes",
            ["Last-Modified"] = options.Account.Time.GetUtcNow().ToString("R"),
            ["Content-Type"] = "binary/octet-stream",
        };
        if (Range(headers.Range.ToString(), found.Bytes.Length) is not var (from, to))
        {
            return new S3Answer(200, answer, found.Bytes);
        }

        answer["Content-Range"] = $"bytes {from}-{to}/{found.Bytes.Length}";
        return new S3Answer(206, answer, found.Bytes[from..(to + 1)]);
    }

    private S3Answer Delete(S3Request request)
    {
        options.Buckets.Delete(request.Bucket, request.Key);
        return new S3Answer(204, new Dictionary<string, string>(), ReadOnlyMemory<byte>.Empty);
    }

    private S3Answer List(S3Request request)
    {
        var prefix = request.Query.GetValueOrDefault("prefix", "");
        var after = request.Query.GetValueOrDefault("continuation-token") ?? request.Query.GetValueOrDefault("start-after", "");
        var size = int.TryParse(request.Query.GetValueOrDefault("max-keys"), out var asked) ? Math.Min(asked, options.PageSize) : options.PageSize;
        var keys = options.Buckets.List(request.Bucket, prefix).Where(key => string.CompareOrdinal(key, after) > 0).ToList();
        var xml = new StringBuilder($"<ListBucketResult xmlns=\"{Xmlns}\"><Name>{request.Bucket}</Name><Prefix>{SecurityElement.Escape(prefix)}</Prefix>");
        xml.Append(CultureInfo.InvariantCulture, $"<KeyCount>{Math.Min(size, keys.Count)}</KeyCount><MaxKeys>{size}</MaxKeys><IsTruncated>{(keys.Count > size ? "true" : "false")}</IsTruncated>");
        foreach (var key in keys.Take(size))
        {
            var found = options.Buckets.Get(request.Bucket, key)!;
            xml.Append(CultureInfo.InvariantCulture, $"<Contents><Key>{SecurityElement.Escape(key)}</Key><Size>{found.Bytes.Length}</Size><ETag>{SecurityElement.Escape(found.ETag)}</ETag></Contents>");
        }

        if (keys.Count > size)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<NextContinuationToken>{SecurityElement.Escape(keys[size - 1])}</NextContinuationToken>");
        }

        return S3Answer.Xml(200, xml.Append("</ListBucketResult>").ToString());
    }

    private static (int From, int To)? Range(string header, int length)
    {
        if (!header.StartsWith("bytes=", StringComparison.Ordinal) || header["bytes=".Length..].Split('-') is not [var first, var last] || first.Length == 0)
        {
            return null;
        }

        var from = int.Parse(first, CultureInfo.InvariantCulture);
        return from < length
            ? (from, last.Length > 0 ? Math.Min(int.Parse(last, CultureInfo.InvariantCulture), length - 1) : length - 1)
            : throw new S3Refusal("InvalidRange", "The requested range is not satisfiable");
    }

    private static string ChecksumOf(byte[] bytes)
    {
        var checksum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Crc32.Of(bytes));
        return Convert.ToBase64String(checksum);
    }
}
