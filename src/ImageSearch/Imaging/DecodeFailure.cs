using System.Buffers.Binary;
using ImageSearch.Imaging.Headers;

namespace ImageSearch.Imaging;

/// <summary>Why the decoder refused a picture, told from the picture's bytes.</summary>
internal static class DecodeFailure
{
    internal static ImageFormatException Explain(ReadOnlySpan<byte> bytes, ImageInfo info, Exception failure)
    {
        var name = ImageFormats.NameOf(info.Format);
        if (!ImageLibrary.CanDecode(info.Format))
        {
            return new ImageFormatException(
                ImageRefusal.UnsupportedFormat, $"libvips {ImageLibrary.Version} on this machine cannot decode {name}.", failure);
        }

        return EndsEarly(bytes, info.Format)
            ? new ImageFormatException(ImageRefusal.Truncated, $"The {name} ends after {bytes.Length:N0} bytes, before its picture does.", failure)
            : new ImageFormatException(ImageRefusal.Corrupt, $"The {name} is damaged: its header says {info.Width} x {info.Height} pixels, but they cannot be decoded.", failure);
    }

    private static bool EndsEarly(ReadOnlySpan<byte> bytes, ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => !JpegHeader.HasEnd(bytes),
        ImageFormat.Png => bytes.LastIndexOf("IEND"u8) < 0,
        ImageFormat.Gif => GifHeader.EndOfFirstFrame(bytes) < 0,
        ImageFormat.Webp => BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) + 8L > bytes.Length,
        ImageFormat.Heic or ImageFormat.Avif => HeifHeader.EndsEarly(bytes),
        _ => false,
    };
}
