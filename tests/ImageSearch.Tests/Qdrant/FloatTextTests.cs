using System.Buffers;
using System.Text.Json;
using ImageSearch.Qdrant;
using Xunit;

namespace ImageSearch.Tests.Qdrant;

public sealed class FloatTextTests
{
    [Fact]
    public void Numbers_read_back_as_they_were_to_eight_decimals()
    {
        var random = new Random(1);
        float[] values =
        [
            0, -0f, 1, -1, 0.1f, 9.998f, 9.999f, -9.9999f, 10, 123456.79f, 3e-9f, -1e-20f, float.Epsilon, float.MaxValue, float.MinValue,
            .. Enumerable.Range(0, 20_000).Select(_ => (float)((random.NextDouble() * 2) - 1)),
            .. Enumerable.Range(0, 20_000).Select(_ => (float)((random.NextDouble() * 30) - 15)),
        ];

        var read = Read(values);

        Assert.Equal(values.Length, read.Length);
        for (var i = 0; i < values.Length; i++)
        {
            Assert.True(Math.Abs((double)read[i] - values[i]) <= 6e-9 + (Math.Abs(values[i]) * 1e-7), $"{values[i]:R} was read back as {read[i]:R}");
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_no_number_is_refused(float value) => Assert.Throws<ArgumentException>(() => Read([0.5f, value]));

    private static float[] Read(float[] values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            FloatText.WriteArray(json, values);
        }

        return [.. JsonDocument.Parse(buffer.WrittenMemory).RootElement.EnumerateArray().Select(number => number.GetSingle())];
    }
}
