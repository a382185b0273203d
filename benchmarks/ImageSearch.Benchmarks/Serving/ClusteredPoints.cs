using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ImageSearch.Benchmarks.Searching;
using ImageSearch.Collections;
using ImageSearch.Testing;
using ImageSearch.Testing.Bedrock;
using Microsoft.Extensions.AI;

namespace ImageSearch.Benchmarks.Serving;

/// <summary>Points whose vectors are spread as those of image models are, and a stand-in for the model that embeds texts among them.</summary>
internal static class ClusteredPoints
{
    private const int Dimension = 1024;
    private const int Batch = 1_000;

    private static readonly ClusteredVectors Vectors = new(Dimension, seed: 1);

    /// <summary>Adds points with such vectors; all else is made up as in <see cref="MadeUpPoints"/>.</summary>
    public static async Task AddAsync(IImageCollection collection, int count)
    {
        var random = new Random(1);
        foreach (var numbers in Enumerable.Range(0, count).Chunk(Batch))
        {
            var vectors = new float[numbers.Length * Dimension];
            Vectors.Pictures(numbers[0], vectors);
            await collection.UpsertAsync(
                [.. numbers.Select((number, at) => Point(MadeUpPoints.Payload(number, random), vectors.AsMemory(at * Dimension, Dimension)))], CancellationToken.None);
        }
    }

    /// <summary>Starts the stand-in; each text and each picture has a vector of its own.</summary>
    public static Task<FakeBedrock> StartModelAsync() => FakeBedrock.StartAsync(new FakeBedrockOptions
    {
        KeepsCalls = false,
        Embed = (content, _, _) => Task.FromResult<ReadOnlyMemory<float>>(content switch
        {
            TextContent text => Vectors.TextQueries(SeedOf(Encoding.UTF8.GetBytes(text.Text)), count: 1),
            DataContent picture => Vectors.PictureQueries(SeedOf(picture.Data.Span), count: 1),
            _ => throw new NotSupportedException($"{content.GetType().Name} cannot be embedded."),
        }),
    });

    private static ImagePoint Point(ImagePayload payload, ReadOnlyMemory<float> vector) => new(PointId.Of(payload.Library, payload.Path), vector, payload);

    private static int SeedOf(ReadOnlySpan<byte> content) => BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(content));
}
