using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ImageSearch.Embedding;

/// <summary>What decides a picture's vector: the model, the dimension asked for, and the picture's bytes.</summary>
/// <param name="Model">The model's id, for example <c>offline-1</c>.</param>
/// <param name="Dimension">Numbers in the vector.</param>
/// <param name="Sha256">SHA-256 of the original bytes, 64 lower-case hexadecimal digits.</param>
internal readonly record struct EmbeddingKey(string Model, int Dimension, string Sha256)
{
    public static EmbeddingKey Of(string model, int dimension, ReadOnlySpan<byte> picture) =>
        new(model, dimension, Convert.ToHexStringLower(SHA256.HashData(picture)));

    /// <summary>The first 8 bytes of a SHA-256 over key and vector: a vector filed under another key does not pass.</summary>
    public long Checksum(ReadOnlySpan<float> vector)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{Model}\n{Dimension}\n{Sha256}\n"));
        hash.AppendData(MemoryMarshal.AsBytes(vector));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadInt64LittleEndian(digest);
    }
}
