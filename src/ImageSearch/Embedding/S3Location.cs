using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ImageSearch.Embedding;

/// <summary>A folder in Amazon S3.</summary>
/// <param name="Bucket">Name of the bucket.</param>
/// <param name="Prefix">What the keys in it begin with, ending in a slash; empty for the bucket itself.</param>
public sealed partial record S3Location(string Bucket, string Prefix)
{
    /// <summary>Reads <c>s3://bucket/prefix</c>; the prefix may be missing.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out S3Location? location)
    {
        var match = Uri().Match(text);
        var prefix = match.Groups["prefix"].Value.Trim('/');
        location = match.Success ? new S3Location(match.Groups["bucket"].Value, prefix.Length > 0 ? prefix + "/" : "") : null;
        return location is not null;
    }

    /// <summary>The location as <c>s3://bucket/prefix/</c>.</summary>
    public override string ToString() => $"s3://{Bucket}/{Prefix}";

    /// <summary>The address of what lies in it under a name.</summary>
    internal string UriOf(string name) => $"s3://{Bucket}/{Prefix}{name}";

    // Names of buckets: 3 to 63 lower-case letters, digits, hyphens and points.
    [GeneratedRegex(@"^s3://(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(/(?<prefix>[\w!.*'()/=-]*))?$")]
    private static partial Regex Uri();
}
