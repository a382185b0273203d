using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace ImageSearch.Testing.S3;

/// <summary>The buckets of a <see cref="FakeS3"/> and what lies in them. Safe for many threads.</summary>
public sealed class S3Buckets
{
    private readonly ConcurrentDictionary<string, S3Object> _objects = new(StringComparer.Ordinal);

    /// <summary>Names of the buckets that are there.</summary>
    public IReadOnlySet<string> Names { get; init; } = new HashSet<string> { "pictures-batch" };

    /// <summary>All objects as <c>bucket/key</c>, in order.</summary>
    public IReadOnlyList<string> Addresses => [.. _objects.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The bytes of an object, or null.</summary>
    public ReadOnlyMemory<byte>? Find(string bucket, string key) => Get(bucket, key)?.Bytes;

    /// <summary>Stores an object, also in place of one that is there.</summary>
    public void Put(string bucket, string key, ReadOnlyMemory<byte> bytes)
    {
#pragma warning disable CA5351 // The service's own tag is an MD5, against which clients hold what they read.
        var tag = Convert.ToHexStringLower(MD5.HashData(bytes.Span));
#pragma warning restore CA5351
        _objects[$"{bucket}/{key}"] = new S3Object(bytes, $"\"{tag}\"");
    }

    /// <summary>Stores a text as an object.</summary>
    public void Put(string bucket, string key, string text) => Put(bucket, key, Encoding.UTF8.GetBytes(text));

    /// <summary>Deletes an object.</summary>
    public void Delete(string bucket, string key) => _objects.TryRemove($"{bucket}/{key}", out _);

    /// <summary>The keys in a bucket that begin with <paramref name="prefix"/>, in the order of their bytes.</summary>
    public IReadOnlyList<string> List(string bucket, string prefix) =>
        [.. _objects.Keys.Where(address => address.StartsWith($"{bucket}/{prefix}", StringComparison.Ordinal)).Select(address => address[(bucket.Length + 1)..]).Order(StringComparer.Ordinal)];

    internal S3Object? Get(string bucket, string key) => _objects.GetValueOrDefault($"{bucket}/{key}");
}

/// <summary>An object and its tag.</summary>
internal sealed record S3Object(ReadOnlyMemory<byte> Bytes, string ETag);
