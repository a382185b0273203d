using Microsoft.AspNetCore.Http;

namespace ImageSearch.Testing.S3;

/// <summary>What a request asks for, read from the path as it was on the wire.</summary>
/// <param name="Operation">The operation's name; "unknown" where it is none of those served.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The key, decoded; empty where the request is about the bucket.</param>
/// <param name="Query">The query's parameters.</param>
internal sealed record S3Request(string Operation, string Bucket, string Key, IReadOnlyDictionary<string, string> Query)
{
    public static S3Request Parse(HttpRequest request, string rawTarget)
    {
        var segments = rawTarget.Split('?')[0].Split('/', 3);
        var (bucket, key) = (Uri.UnescapeDataString(segments[1]), segments.Length > 2 ? Uri.UnescapeDataString(segments[2]) : "");
        var query = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        var operation = (request.Method, key.Length > 0) switch
        {
            ("POST", true) when query.ContainsKey("uploads") => "CreateMultipartUpload",
            ("PUT", true) when query.ContainsKey("uploadId") => "UploadPart",
            ("POST", true) when query.ContainsKey("uploadId") => "CompleteMultipartUpload",
            ("DELETE", true) when query.ContainsKey("uploadId") => "AbortMultipartUpload",
            ("PUT", true) => "PutObject",
            ("GET", true) => "GetObject",
            ("HEAD", true) => "HeadObject",
            ("DELETE", true) => "DeleteObject",
            ("GET", false) when query.GetValueOrDefault("list-type") == "2" => "ListObjectsV2",
            _ => "unknown",
        };
        return new S3Request(operation, bucket, key, query);
    }
}

/// <summary>An answer to write.</summary>
internal sealed record S3Answer(int Status, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    public static S3Answer Xml(int status, string body) =>
        new(status, new Dictionary<string, string> { ["Content-Type"] = "application/xml" }, System.Text.Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}"));

    public static S3Answer Of(S3Refusal refusal) => Xml(
        refusal.Status,
        $"<Error><Code>{refusal.Code}</Code><Message>{System.Security.SecurityElement.Escape(refusal.Message)}</Message><RequestId>0</RequestId></Error>");
}
