using ImageSearch.Imaging;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Imaging;

public sealed class ImageIdentifierTests
{
    [Theory]
    [InlineData(ImageFormat.Jpeg, "", false)]
    [InlineData(ImageFormat.Jpeg, "interlace=true", true)]
    [InlineData(ImageFormat.Png, "", false)]
    [InlineData(ImageFormat.Png, "interlace=true", true)]
    [InlineData(ImageFormat.Gif, "", true)]
    [InlineData(ImageFormat.Webp, "", true)]
    [InlineData(ImageFormat.Webp, "lossless=true", true)]
    [InlineData(ImageFormat.Tiff, "", true)]
    [InlineData(ImageFormat.Tiff, "bigtiff=true", true)]
    [InlineData(ImageFormat.Avif, "", true)]
    public void The_header_gives_format_and_size(ImageFormat format, string arguments, bool isDecodedWhole)
    {
        var bytes = SamplePictures.Encode(SamplePictures.Quarters(70, 50), format, arguments);

        Assert.Equal(new ImageInfo(format, 70, 50, 1, isDecodedWhole), ImageIdentifier.Identify(bytes, ImageLimits.Default));
    }

    [Theory]
    [InlineData("%PDF-1.7 ", "PDF")]
    [InlineData("<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG")]
    [InlineData("%!PS-Adobe", "PostScript")]
    [InlineData("8BPS\0\u0001", "Photoshop")]
    [InlineData("P6 1 1 255 abc", "PNM")]
    public void Formats_that_are_never_opened_are_named(string content, string name)
    {
        var refused = Assert.Throws<ImageFormatException>(
            () => ImageIdentifier.Identify(System.Text.Encoding.Latin1.GetBytes(content), ImageLimits.Default));

        Assert.Equal(ImageRefusal.UnsupportedFormat, refused.Refusal);
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("<html><body>not found</body></html>")]
    [InlineData("just some text that someone called photo.jpg")]
    public void What_is_no_picture_is_of_unknown_format(string content)
    {
        var refused = Assert.Throws<ImageFormatException>(
            () => ImageIdentifier.Identify(System.Text.Encoding.Latin1.GetBytes(content), ImageLimits.Default));

        Assert.Equal(ImageRefusal.UnknownFormat, refused.Refusal);
    }

    [Fact]
    public void The_limit_itself_is_accepted_and_one_pixel_more_is_refused_with_the_limit_named()
    {
        var limits = ImageLimits.Default with { MaxPixels = 70 * 50 };
        var refused = Assert.Throws<ImageFormatException>(
            () => ImageIdentifier.Identify(SamplePictures.PngThatClaims(71, 50), limits));

        Assert.Equal(70, ImageIdentifier.Identify(SamplePictures.PngThatClaims(70, 50), limits).Width);
        Assert.Equal(ImageRefusal.TooLarge, refused.Refusal);
        Assert.Contains("3,500", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50_000, 50_000)]
    [InlineData(65_536, 1)]
    [InlineData(1, 65_536)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Bombs_are_refused_from_the_header(int width, int height)
    {
        var refused = Assert.Throws<ImageFormatException>(
            () => ImageIdentifier.Identify(SamplePictures.PngThatClaims(width, height), ImageLimits.Default));

        Assert.Equal(ImageRefusal.TooLarge, refused.Refusal);
    }

    [Fact]
    public void A_gif_whose_first_frame_is_far_larger_than_its_screen_is_refused()
    {
        byte[] gif = [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 2, 1, 0x44, 0, 0x3B];

        var refused = Assert.Throws<ImageFormatException>(() => ImageIdentifier.Identify(gif, ImageLimits.Default));

        Assert.Equal(ImageRefusal.TooLarge, refused.Refusal);
    }

    [Fact]
    public void A_file_above_the_byte_limit_is_refused()
    {
        var refused = Assert.Throws<ImageFormatException>(
            () => ImageIdentifier.Identify(new byte[101], ImageLimits.Default with { MaxBytes = 100 }));

        Assert.Equal(ImageRefusal.TooLarge, refused.Refusal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(65535)]
    public void An_orientation_out_of_range_is_none(int orientation)
    {
        var jpeg = SamplePictures.WithExif(
            SamplePictures.Encode(SamplePictures.Quarters(70, 50), ImageFormat.Jpeg), ExifBuilder.OfOrientation(orientation));

        Assert.Equal(1, ImageIdentifier.Identify(jpeg, ImageLimits.Default).Orientation);
    }
}
