using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace ImageSearch;

/// <summary>What came of embedding one text and one picture by the provider itself.</summary>
/// <param name="TextTime">How long the text took.</param>
/// <param name="PictureTime">How long the picture took.</param>
/// <param name="Cosine">How near the two are, -1 to 1.</param>
public sealed record ProviderTrial(TimeSpan TextTime, TimeSpan PictureTime, float Cosine)
{
    /// <summary>The text that is embedded.</summary>
    public const string Text = "a red square";

    private const int Side = 64;
    private const int HeaderLength = 54;

    internal static async Task<ProviderTrial> RunAsync(
        IEmbeddingGenerator<AIContent, Embedding<float>> generator, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var text = await generator.GenerateAsync([new TextContent(Text)], EmbeddingInput.For(EmbeddingRole.Query), cancellationToken);
        var between = time.GetTimestamp();
        var picture = await generator.GenerateAsync(
            [EmbeddingInput.Picture(RedSquare(), "image/bmp")], EmbeddingInput.For(EmbeddingRole.Document), cancellationToken);
        return new ProviderTrial(
            time.GetElapsedTime(started, between),
            time.GetElapsedTime(between),
            TensorPrimitives.Dot(text[0].Vector.Span, picture[0].Vector.Span));
    }

    /// <summary>A bitmap, which no model takes: so fitting is tried too.</summary>
    private static byte[] RedSquare()
    {
        var bytes = new byte[HeaderLength + (Side * Side * 3)];
        "BM"u8.CopyTo(bytes);
        BitConverter.TryWriteBytes(bytes.AsSpan(2), bytes.Length);
        BitConverter.TryWriteBytes(bytes.AsSpan(10), HeaderLength);
        BitConverter.TryWriteBytes(bytes.AsSpan(14), 40);
        BitConverter.TryWriteBytes(bytes.AsSpan(18), Side);
        BitConverter.TryWriteBytes(bytes.AsSpan(22), Side);
        BitConverter.TryWriteBytes(bytes.AsSpan(26), (short)1);
        BitConverter.TryWriteBytes(bytes.AsSpan(28), (short)24);
        for (var at = HeaderLength; at < bytes.Length; at += 3)
        {
            (bytes[at], bytes[at + 1], bytes[at + 2]) = (30, 20, 200);
        }

        return bytes;
    }
}
