using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace ImageSearch.Testing.S3;

/// <summary>Objects that come in parts.</summary>
internal sealed class S3Uploads(S3Buckets buckets)
{
    private const int SmallestPart = 5 << 20;

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<int, byte[]>> _uploads = new();

    public S3Answer Create(S3Request request)
    {
        var id = $"upload-{_uploads.Count + 1}";
        _uploads[id] = new ConcurrentDictionary<int, byte[]>();
        return S3Answer.Xml(200, $"<InitiateMultipartUploadResult><Bucket>{request.Bucket}</Bucket><Key>{request.Key}</Key><UploadId>{id}</UploadId></InitiateMultipartUploadResult>");
    }

    public S3Answer Put(S3Request request, byte[] bytes)
    {
        var number = int.Parse(request.Query["partNumber"], CultureInfo.InvariantCulture);
        Find(request)[number] = bytes;
        return new S3Answer(200, new Dictionary<string, string> { ["ETag"] = TagOf(number) }, ReadOnlyMemory<byte>.Empty);
    }

    public S3Answer Complete(S3Request request, byte[] body)
    {
        var parts = Find(request);
        var asked = XDocument.Parse(Encoding.UTF8.GetString(body)).Descendants().Where(element => element.Name.LocalName == "PartNumber").Select(element => (int)element).ToList();
        if (!asked.SequenceEqual(parts.Keys.Order()))
        {
            throw new S3Refusal("InvalidPart", "One or more of the specified parts could not be found.");
        }

        if (asked.SkipLast(1).Any(number => parts[number].Length < SmallestPart))
        {
            throw new S3Refusal("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed object size.");
        }

        buckets.Put(request.Bucket, request.Key, asked.SelectMany(number => parts[number]).ToArray());
        return S3Answer.Xml(200, $"<CompleteMultipartUploadResult><Bucket>{request.Bucket}</Bucket><Key>{request.Key}</Key><ETag>\"whole-{asked.Count}\"</ETag></CompleteMultipartUploadResult>");
    }

    public S3Answer Abort(S3Request request)
    {
        _ = _uploads.TryRemove(request.Query["uploadId"], out _);
        return new S3Answer(204, new Dictionary<string, string>(), ReadOnlyMemory<byte>.Empty);
    }

    private ConcurrentDictionary<int, byte[]> Find(S3Request request) =>
        _uploads.GetValueOrDefault(request.Query["uploadId"]) ?? throw new S3Refusal("NoSuchUpload", "The specified upload does not exist.");

    private static string TagOf(int number) => $"\"part-{number}\"";
}
