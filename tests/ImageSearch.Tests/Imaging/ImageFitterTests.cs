using ImageSearch.Imaging;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Imaging;

public sealed class ImageFitterTests
{
    [Fact]
    public void A_fitted_picture_is_an_upright_jpeg_without_metadata()
    {
        var jpeg = SamplePictures.WithExif(
            SamplePictures.Encode(SamplePictures.Scene(800, 400, seed: 1), ImageFormat.Jpeg),
            new ExifBuilder().Orientation(6).Main(0x010F, "A camera").Build());

        var fitted = ImageFitter.Fit(jpeg, new FitOptions { MaxSide = 200 }, ImageLimits.Default);

        Assert.Equal((100, 200, 85), (fitted.Width, fitted.Height, fitted.Quality));
        Assert.Equal(
            new ImageInfo(ImageFormat.Jpeg, 100, 200, 1, IsDecodedWhole: false),
            ImageIdentifier.Identify(fitted.Bytes.Span, ImageLimits.Default));
        Assert.True(fitted.Bytes.Span.IndexOf("Exif"u8) < 0);
    }

    [Theory]
    [InlineData(60_000)]
    [InlineData(12_000)]
    [InlineData(2_000)]
    public void Quality_and_then_size_are_given_up_to_keep_to_the_bytes(int maxBytes)
    {
        var png = SamplePictures.Encode(SamplePictures.Scene(900, 700, seed: 2), ImageFormat.Png);

        var fitted = ImageFitter.Fit(png, new FitOptions { MaxBytes = maxBytes }, ImageLimits.Default);

        Assert.InRange(fitted.Bytes.Length, 1, maxBytes);
        Assert.InRange(fitted.Quality, 40, 85);
        Assert.Equal(900.0 / 700, fitted.Width / (double)fitted.Height, tolerance: 0.03);
    }

    [Fact]
    public void Several_sizes_come_from_one_decoding_in_their_order()
    {
        var webp = SamplePictures.Encode(SamplePictures.Scene(1500, 1000, seed: 3), ImageFormat.Webp);

        var fitted = ImageFitter.FitEach(webp, [FitOptions.Thumbnail, new FitOptions()], ImageLimits.Default);

        Assert.Equal([(320, 213), (1024, 683)], fitted.Select(image => (image.Width, image.Height)));
    }

    [Fact]
    public void A_thumbnail_shows_what_the_picture_shows()
    {
        var scene = SamplePictures.Scene(1200, 900, seed: 4);
        var jpeg = SamplePictures.Encode(scene, ImageFormat.Jpeg);

        var thumbnail = ImageFitter.Thumbnail(jpeg, 160, ImageLimits.Default);

        Assert.Equal((160, 120), (thumbnail.Width, thumbnail.Height));
        Assert.InRange(
            PerceptualHash.Distance(PerceptualHash.Of(scene), ImageDecoder.Analyse(thumbnail.Bytes, ImageLimits.Default).PerceptualHash),
            0,
            PerceptualHash.SameLook);
    }

    [Fact]
    public void A_thumbnail_as_webp_shows_what_the_picture_shows()
    {
        var scene = SamplePictures.Scene(1200, 900, seed: 4);
        var png = SamplePictures.Encode(scene, ImageFormat.Png);

        var thumbnail = ImageFitter.Fit(png, new FitOptions { MaxSide = 160, Format = ImageFormat.Webp }, ImageLimits.Default);

        Assert.Equal((160, 120, "image/webp"), (thumbnail.Width, thumbnail.Height, thumbnail.MediaType));
        var analysis = ImageDecoder.Analyse(thumbnail.Bytes, ImageLimits.Default);
        Assert.Equal(ImageFormat.Webp, analysis.Info.Format);
        Assert.InRange(PerceptualHash.Distance(PerceptualHash.Of(scene), analysis.PerceptualHash), 0, PerceptualHash.SameLook);
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Webp)]
    public void A_fitted_picture_says_nothing_of_the_place_where_it_was_taken(ImageFormat format)
    {
        var exif = new ExifBuilder().Main(0x010E, "HERE-I-LIVE").Place("N", [48, 1, 51, 1, 30, 1], "E", [2, 1, 21, 1, 3, 1]).Build();
        var picture = SamplePictures.WithXmp(SamplePictures.WithExif(SamplePictures.Encode(SamplePictures.Quarters(40, 20), ImageFormat.Jpeg), exif), "HERE-I-LIVE");

        var fitted = ImageFitter.Fit(picture, new FitOptions { Format = format }, ImageLimits.Default);

        Assert.Equal(-1, fitted.Bytes.Span.IndexOf("HERE-I-LIVE"u8));
        Assert.Null(ImageMetadataReader.Read(fitted.Bytes, ImageIdentifier.Identify(fitted.Bytes.Span, ImageLimits.Default)).Latitude);
    }

    [Theory]
    [InlineData(ImageFormat.Png, 320)]
    [InlineData(ImageFormat.Webp, 16_384)]
    public void What_cannot_be_encoded_is_refused(ImageFormat format, int maxSide) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageFitter.Fit(
            Array.Empty<byte>(), new FitOptions { MaxSide = maxSide, Format = format }, ImageLimits.Default));

    [Theory]
    [InlineData(0, 5000, 80)]
    [InlineData(100, 1023, 80)]
    [InlineData(100, 5000, 0)]
    [InlineData(100, 5000, 101)]
    public void Options_out_of_range_are_refused(int maxSide, int maxBytes, int quality) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageFitter.Fit(
            Array.Empty<byte>(), new FitOptions { MaxSide = maxSide, MaxBytes = maxBytes, Quality = quality }, ImageLimits.Default));
}
