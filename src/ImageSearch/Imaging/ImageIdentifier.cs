using ImageSearch.Imaging.Headers;

namespace ImageSearch.Imaging;

/// <summary>
/// Says what a picture is from its header, in managed code and microseconds, before any decoder sees it. Magic bytes decide,
/// never a file's name.
/// </summary>
public static class ImageIdentifier
{
    /// <summary>Reads the header and checks it against the limits.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="limits">The ceilings to hold it to.</param>
    /// <exception cref="ImageFormatException">
    /// <see cref="ImageRefusal.UnknownFormat"/>, <see cref="ImageRefusal.UnsupportedFormat"/>, <see cref="ImageRefusal.TooLarge"/>,
    /// <see cref="ImageRefusal.Truncated"/> or <see cref="ImageRefusal.Corrupt"/>.
    /// </exception>
    public static ImageInfo Identify(ReadOnlySpan<byte> bytes, ImageLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (bytes.Length > limits.MaxBytes)
        {
            throw TooLarge($"The file has {bytes.Length:N0} bytes; the limit is {limits.MaxBytes:N0}.");
        }

        var header = ReadHeader(bytes);
        CheckSize(header, limits);
        var isTurned = header.Orientation >= 5;
        var (width, height) = ((int)header.Width, (int)header.Height);
        return new ImageInfo(
            header.Format, isTurned ? height : width, isTurned ? width : height, header.Orientation, header.IsDecodedWhole);
    }

    private static PictureHeader ReadHeader(ReadOnlySpan<byte> bytes) => ImageFormats.Of(bytes) switch
    {
        ImageFormat.Jpeg => JpegHeader.Read(bytes),
        ImageFormat.Png => PngHeader.Read(bytes),
        ImageFormat.Gif => GifHeader.Read(bytes),
        ImageFormat.Webp => WebpHeader.Read(bytes),
        ImageFormat.Tiff => TiffHeader.Read(bytes),
        ImageFormat.Bmp => BmpHeader.Read(bytes),
        ImageFormat.Heic => HeifHeader.Read(bytes, ImageFormat.Heic),
        ImageFormat.Avif => HeifHeader.Read(bytes, ImageFormat.Avif),
        _ => throw NotAPicture(bytes),
    };

    private static ImageFormatException NotAPicture(ReadOnlySpan<byte> bytes)
    {
        if (ForeignFormats.NameOf(bytes) is { } name)
        {
            return new ImageFormatException(ImageRefusal.UnsupportedFormat, $"The file is of a kind that is never opened: {name}.");
        }

        return new ImageFormatException(
            ImageRefusal.UnknownFormat,
            bytes.IsEmpty
                ? "The file is empty."
                : $"The file is no picture that is known here; it begins with the bytes {Convert.ToHexString(bytes[..Math.Min(8, bytes.Length)])}.");
    }

    private static void CheckSize(PictureHeader header, ImageLimits limits)
    {
        var (format, width, height) = (ImageFormats.NameOf(header.Format), header.Width, header.Height);
        if (width <= 0 || height <= 0)
        {
            throw new ImageFormatException(ImageRefusal.Corrupt, $"The {format} says that it is {width} x {height} pixels.");
        }

        if (width > limits.MaxSide || height > limits.MaxSide)
        {
            throw TooLarge($"The {format} is {width} x {height} pixels; the limit for a side is {limits.MaxSide:N0}.");
        }

        var most = header.IsDecodedWhole ? limits.MaxWholePixels : limits.MaxPixels;
        if (width * height > most)
        {
            throw TooLarge($"The {format} is {width} x {height} = {width * height:N0} pixels; the limit is {most:N0}.");
        }
    }

    private static ImageFormatException TooLarge(string message) => new(ImageRefusal.TooLarge, message);
}
