using ImageSearch.Imaging;
using ImageSearch.Imaging.Native;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Imaging;

public sealed class ImageDecoderTests
{
    public static TheoryData<ImageFormat, int> FormatsAndOrientations()
    {
        var cases = new TheoryData<ImageFormat, int>();
        foreach (var format in new[] { ImageFormat.Jpeg, ImageFormat.Png })
        {
            for (var orientation = 1; orientation <= 8; orientation++)
            {
                cases.Add(format, orientation);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(FormatsAndOrientations))]
    public void Every_exif_orientation_comes_out_upright(ImageFormat format, int orientation)
    {
        var upright = SamplePictures.Quarters(96, 64);
        var stored = SamplePictures.Encode(AsStored(upright, orientation), format);
        var exif = ExifBuilder.OfOrientation(orientation);
        var bytes = format == ImageFormat.Jpeg ? SamplePictures.WithExif(stored, exif) : SamplePictures.WithChunk(stored, "eXIf", exif);

        var info = ImageIdentifier.Identify(bytes, ImageLimits.Default);
        var decoded = ImageDecoder.Decode(bytes, 1000, ImageLimits.Default);

        Assert.Equal((96, 64, orientation), (info.Width, info.Height, info.Orientation));
        Assert.Equal((96, 64), (decoded.Width, decoded.Height));
        Assert.All(
            new[] { (10, 10), (80, 10), (10, 50), (80, 50) },
            at => AssertNear(SamplePictures.At(upright, at.Item1, at.Item2), SamplePictures.At(decoded, at.Item1, at.Item2)));
    }

    [Theory]
    [InlineData(4000, 3000, 1024, 1024, 768)]
    [InlineData(300, 900, 320, 107, 320)]
    [InlineData(90, 60, 320, 90, 60)]
    [InlineData(2000, 1, 100, 100, 1)]
    [InlineData(1, 3000, 20, 1, 20)]
    [InlineData(60_000, 1, 1, 1, 1)]
    public void A_picture_fits_the_square_and_is_never_enlarged(int width, int height, int maxSide, int fittedWidth, int fittedHeight)
    {
        var jpeg = SamplePictures.Encode(SamplePictures.Flat(width, height, 10, 200, 30), ImageFormat.Jpeg);

        var decoded = ImageDecoder.Decode(jpeg, maxSide, ImageLimits.Default);

        Assert.Equal((fittedWidth, fittedHeight), (decoded.Width, decoded.Height));
        AssertNear((10, 200, 30), SamplePictures.At(decoded, fittedWidth / 2, fittedHeight / 2));
    }

    [Theory]
    [InlineData(100, 100, 1024, 1)]
    [InlineData(2047, 1500, 1024, 1)]
    [InlineData(1500, 2048, 1024, 2)]
    [InlineData(4032, 3024, 1024, 2)]
    [InlineData(4096, 3072, 1024, 4)]
    [InlineData(4032, 3024, 320, 8)]
    [InlineData(2000, 1, 100, 1)]
    [InlineData(40, 65_535, 1, 2)]
    public void Shrink_on_load_is_the_largest_factor_that_leaves_the_wanted_size(int width, int height, int maxSide, int factor) =>
        Assert.Equal(factor, UprightImage.ShrinkOnLoad(width, height, maxSide));

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Gif)]
    [InlineData(ImageFormat.Webp)]
    [InlineData(ImageFormat.Tiff)]
    [InlineData(ImageFormat.Avif)]
    public void Every_format_gives_its_colours_back(ImageFormat format)
    {
        var quarters = SamplePictures.Quarters(96, 64);

        var decoded = ImageDecoder.Decode(SamplePictures.Encode(quarters, format), 1000, ImageLimits.Default);

        Assert.Equal((96, 64), (decoded.Width, decoded.Height));
        Assert.All(
            new[] { (10, 10), (80, 10), (10, 50), (80, 50) },
            at => AssertNear(SamplePictures.At(quarters, at.Item1, at.Item2), SamplePictures.At(decoded, at.Item1, at.Item2)));
    }

    [Fact]
    public void What_is_transparent_becomes_white()
    {
        LibvipsLoader.EnsureStarted();
        using var image = VipsImage.FromPixels(SamplePictures.Flat(20, 20, 0, 0, 0));
        using var transparent = VipsOperation.Apply("bandjoin_const", image, "c=0");
        var png = SamplePictures.Save(transparent, ImageFormat.Png);

        Assert.Equal((255, 255, 255), SamplePictures.At(ImageDecoder.Decode(png, 100, ImageLimits.Default), 10, 10));
    }

    [Theory]
    [InlineData("rgb16", ImageFormat.Png)]
    [InlineData("b-w", ImageFormat.Jpeg)]
    [InlineData("b-w", ImageFormat.Png)]
    [InlineData("grey16", ImageFormat.Png)]
    [InlineData("cmyk", ImageFormat.Jpeg)]
    [InlineData("scrgb", ImageFormat.Tiff)]
    public void Other_colour_spaces_become_eight_bit_rgb(string space, ImageFormat format)
    {
        LibvipsLoader.EnsureStarted();
        using var image = VipsImage.FromPixels(SamplePictures.Flat(40, 40, 128, 128, 128));
        using var converted = VipsOperation.Apply("colourspace", image, $"space={space}");
        var bytes = SamplePictures.Save(converted, format);

        var decoded = ImageDecoder.Decode(bytes, 100, ImageLimits.Default);

        Assert.Equal(40 * 40 * 3, decoded.Rgb.Length);
        AssertNear((128, 128, 128), SamplePictures.At(decoded, 20, 20));
    }

    [Fact]
    public void A_decode_that_is_already_cancelled_does_not_begin()
    {
        var jpeg = SamplePictures.Encode(SamplePictures.Quarters(96, 64), ImageFormat.Jpeg);

        Assert.ThrowsAny<OperationCanceledException>(
            () => ImageDecoder.Decode(jpeg, 100, ImageLimits.Default, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_decode_above_its_time_is_timed_out()
    {
        var png = SamplePictures.Encode(SamplePictures.Flat(3000, 2000, 1, 2, 3), ImageFormat.Png);

        var refused = Assert.Throws<ImageFormatException>(
            () => ImageDecoder.Decode(png, 100, ImageLimits.Default with { MaxDecodeTime = TimeSpan.FromMilliseconds(1) }));

        Assert.Equal(ImageRefusal.TimedOut, refused.Refusal);
    }

    [Fact]
    public void The_library_says_what_it_is_and_decodes()
    {
        Assert.Matches(@"^8\.\d+\.\d+$", ImageLibrary.Version);
        Assert.Contains("vips", ImageLibrary.Path, StringComparison.Ordinal);
        Assert.Equal(Enum.GetValues<ImageFormat>(), ImageLibrary.Formats.Select(support => support.Format));
        Assert.All(
            new[] { ImageFormat.Jpeg, ImageFormat.Png, ImageFormat.Gif, ImageFormat.Webp, ImageFormat.Bmp },
            format => Assert.True(ImageLibrary.CanDecode(format)));
    }

    // The stored picture that a viewer, following the orientation, shows as the upright one.
    private static ImagePixels AsStored(ImagePixels upright, int orientation)
    {
        var isTurned = orientation >= 5;
        var (width, height) = isTurned ? (upright.Height, upright.Width) : (upright.Width, upright.Height);
        var rgb = new byte[upright.Rgb.Length];
        for (var y = 0; y < upright.Height; y++)
        {
            for (var x = 0; x < upright.Width; x++)
            {
                var (right, bottom) = (upright.Width - 1 - x, upright.Height - 1 - y);
                var (column, row) = orientation switch
                {
                    2 => (right, y),
                    3 => (right, bottom),
                    4 => (x, bottom),
                    5 => (y, x),
                    6 => (y, right),
                    7 => (bottom, right),
                    8 => (bottom, x),
                    _ => (x, y),
                };
                upright.Rgb.Span.Slice(((y * upright.Width) + x) * 3, 3).CopyTo(rgb.AsSpan(((row * width) + column) * 3));
            }
        }

        return new ImagePixels(width, height, rgb);
    }

    private static void AssertNear((byte Red, byte Green, byte Blue) expected, (byte Red, byte Green, byte Blue) actual)
    {
        const int Tolerance = 14;
        Assert.True(
            Math.Abs(expected.Red - actual.Red) <= Tolerance && Math.Abs(expected.Green - actual.Green) <= Tolerance
            && Math.Abs(expected.Blue - actual.Blue) <= Tolerance,
            $"expected about {expected}, got {actual}");
    }
}
