using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ImageSearch.Embedding;

/// <summary>What decides a vector: the model, the dimension asked for, the content, and for an asymmetric model the side of the search.</summary>
/// <param name="Model">The model's id, for example <c>offline-1</c>.</param>
/// <param name="Dimension">Numbers in the vector.</param>
/// <param name="Sha256">SHA-256 of the picture's original bytes, or of the marked text; 64 lower-case hexadecimal digits.</param>
/// <param name="Role">The side of the search; always that of documents for a model to which both are one.</param>
internal readonly record struct EmbeddingKey(string Model, int Dimension, string Sha256, EmbeddingRole Role = EmbeddingRole.Document)
{
    // No picture begins so: a text and a picture never share a key.
    private const string TextMark = "text:";

    /// <summary>The model's name in the cache. Queries have one of their own, so that what was stored before there were any keeps its place.</summary>
    public string StoredModel => Role == EmbeddingRole.Query ? $"{Model}#query" : Model;

    public static EmbeddingKey Of(string model, int dimension, ReadOnlySpan<byte> picture) =>
        new(model, dimension, Convert.ToHexStringLower(SHA256.HashData(picture)));

    public static EmbeddingKey Of(string model, int dimension, string text) =>
        Of(model, dimension, Encoding.UTF8.GetBytes(TextMark + text));

    /// <summary>The first 8 bytes of a SHA-256 over key and vector: a vector filed under another key does not pass.</summary>
    public long Checksum(ReadOnlySpan<float> vector)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{StoredModel}\n{Dimension}\n{Sha256}\n"));
        hash.AppendData(MemoryMarshal.AsBytes(vector));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadInt64LittleEndian(digest);
    }
}
