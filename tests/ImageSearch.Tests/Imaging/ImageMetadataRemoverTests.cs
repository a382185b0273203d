using System.Text;
using ImageSearch.Imaging;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Imaging;

public sealed class ImageMetadataRemoverTests
{
    private const string Secret = "HERE-I-LIVE";

    private const string Xmp =
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
        + "xmlns:exif='http://ns.adobe.com/exif/1.0/' exif:GPSLatitude='48,51.5N' exif:GPSLongitude='2,21,0W'>" + Secret + "</rdf:Description></rdf:RDF></x:xmpmeta>";

    private static readonly ImagePixels Picture = SamplePictures.Quarters(40, 20);
    private static readonly byte[] Jpeg = SamplePictures.Encode(Picture, ImageFormat.Jpeg);

    public static TheoryData<int> Orientations => [1, 2, 3, 4, 5, 6, 7, 8];

    public static TheoryData<ImageFormat> Formats => [ImageFormat.Jpeg, ImageFormat.Png, ImageFormat.Webp];

    [Theory]
    [MemberData(nameof(Orientations))]
    public void A_jpeg_loses_every_place_and_keeps_its_pixels_and_its_orientation(int orientation)
    {
        byte[] iptc = [28, 2, 90, 0, (byte)Secret.Length, .. Encoding.ASCII.GetBytes(Secret)];
        var picture = SamplePictures.WithExif(Jpeg, ExifWithPlace(orientation));
        picture = SamplePictures.WithXmp(picture, Xmp);
        picture = SamplePictures.WithSegment(picture, 0xED, [.. "Photoshop 3.0\08BIM"u8, 4, 4, 0, 0, 0, 0, 0, (byte)iptc.Length, .. iptc]);
        picture = SamplePictures.WithSegment(picture, 0xFE, Encoding.ASCII.GetBytes(Secret));
        picture = SamplePictures.WithSegment(picture, 0xE2, [.. "MPF\0"u8, .. Encoding.ASCII.GetBytes(Secret)]);
        picture = [.. picture, .. SamplePictures.WithExif(Jpeg, ExifWithPlace(1)), .. Encoding.ASCII.GetBytes(Secret)];

        AssertBare(picture, Remove(picture)!.Value);
    }

    [Theory]
    [MemberData(nameof(Orientations))]
    public void A_png_loses_every_place_and_keeps_its_pixels_and_its_orientation(int orientation)
    {
        var picture = SamplePictures.Encode(Picture, ImageFormat.Png);
        picture = SamplePictures.WithChunk(picture, "eXIf", ExifWithPlace(orientation));
        picture = SamplePictures.WithChunk(picture, "iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Encoding.UTF8.GetBytes(Xmp)]);
        picture = SamplePictures.WithChunk(picture, "tEXt", [.. "Comment\0"u8, .. Encoding.ASCII.GetBytes(Secret)]);
        picture = [.. picture, .. Encoding.ASCII.GetBytes(Secret)];

        AssertBare(picture, Remove(picture)!.Value);
    }

    [Theory]
    [MemberData(nameof(Orientations))]
    public void A_webp_loses_every_place_and_keeps_its_pixels_and_its_orientation(int orientation)
    {
        var picture = ExtendedWebp(Picture, ("EXIF", ExifWithPlace(orientation)), ("XMP ", Encoding.UTF8.GetBytes(Xmp)), ("odd!", Encoding.ASCII.GetBytes(Secret)));

        AssertBare(picture, Remove(picture)!.Value);
    }

    [Fact]
    public void A_gif_loses_comments_and_packets_of_applications_and_goes_on_for_ever()
    {
        var plain = SamplePictures.Encode(Picture, ImageFormat.Gif);
        var screen = 13 + ((plain[10] & 0x80) == 0 ? 0 : 3 * (2 << (plain[10] & 7)));
        byte[] comment = [0x21, 0xFE, (byte)Secret.Length, .. Encoding.ASCII.GetBytes(Secret), 0];
        byte[] packet = [0x21, 0xFF, 11, .. "XMP DataXMP"u8, (byte)Secret.Length, .. Encoding.ASCII.GetBytes(Secret), 0];
        byte[] loop = [0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0];
        byte[] picture = [.. plain[..screen], .. loop, .. comment, .. packet, .. plain[screen..], .. Encoding.ASCII.GetBytes(Secret)];

        var bare = Remove(picture)!.Value;

        AssertBare(picture, bare);
        Assert.True(bare.Span.IndexOf(loop) > 0);
    }

    [Fact]
    public void A_progressive_jpeg_of_many_scans_keeps_all_of_them()
    {
        var picture = SamplePictures.WithExif(
            SamplePictures.Encode(SamplePictures.Scene(200, 150, seed: 3), ImageFormat.Jpeg, "interlace=true"), ExifWithPlace(1));

        AssertBare(picture, Remove(picture)!.Value);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_colour_profile_stays(ImageFormat format)
    {
        var picture = format switch
        {
            ImageFormat.Jpeg => SamplePictures.WithSegment(Jpeg, 0xE2, [.. "ICC_PROFILE\0\u0001\u0001"u8, .. "profile"u8]),
            ImageFormat.Png => SamplePictures.WithChunk(SamplePictures.Encode(Picture, format), "iCCP", [.. "p\0\0"u8, .. SamplePictures.Deflate([.. "profile"u8])]),
            _ => ExtendedWebp(Picture, ("ICCP", [.. "profile"u8])),
        };

        Assert.True(Remove(picture)!.Value.Span.IndexOf(format == ImageFormat.Png ? "iCCP"u8 : "profile"u8) > 0);
    }

    [Theory]
    [InlineData(ImageFormat.Tiff)]
    [InlineData(ImageFormat.Avif)]
    public void What_cannot_be_taken_apart_is_left_to_the_caller(ImageFormat format)
    {
        var info = new ImageInfo(format, 16, 16, 1, IsDecodedWhole: true);

        Assert.Null(ImageMetadataRemover.Remove(Jpeg, info));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Broken_pictures_lose_their_places_or_are_refused(ImageFormat format)
    {
        var whole = format switch
        {
            ImageFormat.Jpeg => SamplePictures.WithXmp(SamplePictures.WithExif(Jpeg, ExifWithPlace(6)), Xmp),
            ImageFormat.Png => SamplePictures.WithChunk(SamplePictures.Encode(Picture, format), "eXIf", ExifWithPlace(6)),
            _ => ExtendedWebp(Picture, ("EXIF", ExifWithPlace(6)), ("XMP ", Encoding.UTF8.GetBytes(Xmp))),
        };
        var info = ImageIdentifier.Identify(whole, ImageLimits.Default);
        var random = new Random(5);
        var refused = 0;
        for (var round = 0; round < 2_000; round++)
        {
            var broken = whole[..random.Next(16, whole.Length + 1)];
            broken[random.Next(12, broken.Length)] = (byte)random.Next(256);
            if (ImageMetadataRemover.Remove(broken, info) is { } bare)
            {
                Assert.True(bare.Length <= broken.Length + 40);
            }
            else
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, 1_999);
    }

    [SharedDataFact("odd-images")]
    public void No_odd_picture_keeps_a_place_and_each_that_had_one_keeps_its_pixels()
    {
        var placed = 0;
        foreach (var file in Directory.EnumerateFiles(SharedData.PathOf("odd-images"), "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            if (Identify(bytes) is not { } info || ImageMetadataRemover.Remove(bytes, info) is not { } bare || Identify(bare) is not { } after)
            {
                continue;
            }

            var metadata = ImageMetadataReader.Read(bare, after);
            Assert.Equal((null, null, null, null), (metadata.Latitude, metadata.Longitude, metadata.Camera, metadata.TakenAt));
            if (ImageMetadataReader.Read(bytes, info).Latitude is not null)
            {
                placed++;
                AssertSamePixels(bytes, bare);
            }
        }

        Assert.True(placed >= 3, $"{placed} pictures had a place: too few to prove anything.");
    }

    private static byte[] ExifWithPlace(int orientation) =>
        new ExifBuilder().Orientation(orientation).Main(0x010E, Secret).Place("N", [48, 1, 51, 1, 30, 1], "E", [2, 1, 21, 1, 3, 1]).Build();

    /// <summary>A WebP of the extended kind with more chunks behind its pixels.</summary>
    private static byte[] ExtendedWebp(ImagePixels pixels, params (string Type, byte[] Content)[] chunks)
    {
        var simple = SamplePictures.Encode(pixels, ImageFormat.Webp);
        byte[] extended = [0x2C, 0, 0, 0, (byte)(pixels.Width - 1), 0, 0, (byte)(pixels.Height - 1), 0, 0];
        byte[] body = [.. RiffChunk("VP8X", extended), .. simple[12..], .. chunks.SelectMany(chunk => RiffChunk(chunk.Type, chunk.Content))];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length + 4), .. "WEBP"u8, .. body];
    }

    private static byte[] RiffChunk(string type, byte[] content) =>
        [.. Encoding.ASCII.GetBytes(type), .. BitConverter.GetBytes(content.Length), .. content, .. new byte[content.Length % 2]];

    private static ReadOnlyMemory<byte>? Remove(byte[] picture) =>
        ImageMetadataRemover.Remove(picture, ImageIdentifier.Identify(picture, ImageLimits.Default));

    private static ImageInfo? Identify(ReadOnlyMemory<byte> picture)
    {
        try
        {
            return ImageIdentifier.Identify(picture.Span, ImageLimits.Default);
        }
        catch (ImageFormatException)
        {
            return null;
        }
    }

    private static void AssertBare(byte[] picture, ReadOnlyMemory<byte> bare)
    {
        var (before, after) = (ImageIdentifier.Identify(picture, ImageLimits.Default), ImageIdentifier.Identify(bare.Span, ImageLimits.Default));
        Assert.Equal(before, after);
        Assert.Equal(ImageMetadata.None, ImageMetadataReader.Read(bare, after) with { Keywords = ImageMetadata.None.Keywords });
        Assert.Equal(-1, bare.Span.IndexOf(Encoding.ASCII.GetBytes(Secret)));
        AssertSamePixels(picture, bare);
    }

    private static void AssertSamePixels(byte[] picture, ReadOnlyMemory<byte> bare)
    {
        var before = Decode(picture);
        if (before is not null)
        {
            Assert.True(before.Rgb.Span.SequenceEqual(Decode(bare)!.Rgb.Span));
        }
    }

    private static ImagePixels? Decode(ReadOnlyMemory<byte> picture)
    {
        try
        {
            return ImageDecoder.Decode(picture, 320, ImageLimits.Default);
        }
        catch (ImageFormatException)
        {
            return null;
        }
    }
}
