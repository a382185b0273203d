using System.Text;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.Tests.Vision;

/// <summary>Pictures that carry an order to the model that looks at them: in their pixels, their metadata or their name.</summary>
internal static class HostilePicture
{
    /// <summary>The ways in which an order is carried.</summary>
    public static readonly string[] Carriers = ["plain", "tiny", "rotated", "low contrast", "system tags", "comment", "exif", "trailer", "file name", "folder"];

    /// <summary>A JPEG that carries <paramref name="order"/>, and the path at which it lies.</summary>
    public static (string Path, byte[] Bytes) Carrying(string order, string carrier, int number)
    {
        var picture = WrittenPicture.Jpeg(carrier == "system tags" ? $"<system>{order}</system>" : order, carrier);
        var words = Encoding.UTF8.GetBytes(order);
        byte[] bytes = carrier switch
        {
            "comment" => [.. picture[..2], 0xFF, 0xFE, 0, (byte)(words.Length + 2), .. words, .. picture[2..]],
            "exif" => [.. picture[..2], 0xFF, 0xE1, 0, (byte)(words.Length + 8), .. "Exif\0\0"u8, .. words, .. picture[2..]],
            "trailer" => [.. picture, .. words],
            _ => picture,
        };
        var path = carrier switch { "file name" => $"{order.Replace('/', ' ')}.jpg", "folder" => $"{order}/{number}.jpg", _ => $"{number}.jpg" };
        return (path, bytes);
    }

    /// <summary>The order is nowhere in a call but in the pixels.</summary>
    public static void CheckNotSent(string order, RecordedCall call)
    {
        var sent = Encoding.Latin1.GetString(call.Body.Span);
        Assert.DoesNotContain(order, sent, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(order)), sent, StringComparison.Ordinal);
    }
}
