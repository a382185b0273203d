using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace ImageSearch.Testing.Bedrock;

/// <summary>Vectors without meaning: the same content gives the same numbers, another content gives others.</summary>
internal static class SeededVectors
{
    public static Task<ReadOnlyMemory<float>> EmbedAsync(AIContent content, int dimension, CancellationToken cancellationToken)
    {
        var bytes = content is TextContent text ? new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(text.Text)) : ((DataContent)content).Data;
        var random = new Random(BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(bytes.Span)));
        var vector = new float[dimension];
        for (var i = 0; i < dimension; i++)
        {
            // Not unit length: the real model does not promise it either.
            vector[i] = (float)((random.NextDouble() * 2) - 1);
        }

        return Task.FromResult<ReadOnlyMemory<float>>(vector);
    }
}
