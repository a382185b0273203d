using ImageSearch.Imaging;
using ImageSearch.Imaging.Jpeg;
using ImageSearch.Imaging.Native;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Imaging;

public sealed class JpegEighthTests
{
    [Theory]
    [InlineData("Q=85")]
    [InlineData("Q=85,subsample_mode=off")]
    [InlineData("Q=100,subsample_mode=off")] // with codes of up to 16 bits
    [InlineData("Q=85,optimize_coding=true")]
    [InlineData("Q=85,restart_interval=3")]
    public void Each_pixel_is_the_mean_of_a_block(string arguments)
    {
        var jpeg = SamplePictures.Encode(SamplePictures.Scene(325, 203, seed: 1), ImageFormat.Jpeg, arguments);

        var eighth = JpegEighth.Decode(jpeg, default)!;

        Assert.Equal((41, 26), (eighth.Width, eighth.Height));
        AssertMeansOf(ImageDecoder.Decode(jpeg, 1000, ImageLimits.Default), eighth);
    }

    [Fact]
    public void A_grey_jpeg_stays_grey()
    {
        var jpeg = Converted(SamplePictures.Scene(200, 120, seed: 2), "b-w");

        var eighth = JpegEighth.Decode(jpeg, default)!;

        Assert.Equal((25, 15), (eighth.Width, eighth.Height));
        Assert.All(eighth.Rgb.ToArray().Chunk(3), pixel => Assert.True(pixel[0] == pixel[1] && pixel[1] == pixel[2]));
        AssertMeansOf(ImageDecoder.Decode(jpeg, 1000, ImageLimits.Default), eighth);
    }

    [Fact]
    public void A_jpeg_that_is_not_plain_is_left_to_the_decoder()
    {
        var scene = SamplePictures.Scene(200, 120, seed: 3);
        var plain = SamplePictures.Encode(scene, ImageFormat.Jpeg);

        Assert.NotNull(JpegEighth.Decode(plain, default));
        Assert.Null(JpegEighth.Decode(SamplePictures.Encode(scene, ImageFormat.Jpeg, "interlace=true"), default));
        Assert.Null(JpegEighth.Decode(Converted(scene, "cmyk"), default));
        Assert.Null(JpegEighth.Decode(WithProfile(plain, "Display P3"), default));
        Assert.NotNull(JpegEighth.Decode(WithProfile(plain, "sRGB IEC61966-2.1"), default));
    }

    [Fact]
    public void A_jpeg_that_is_cut_anywhere_is_left_to_the_decoder_also_when_it_was_closed_again()
    {
        var jpeg = SamplePictures.Encode(SamplePictures.Scene(64, 48, seed: 4), ImageFormat.Jpeg, "Q=50");

        for (var length = 0; length < jpeg.Length; length++)
        {
            Assert.Null(JpegEighth.Decode(jpeg.AsSpan(0, length), default));
            if (length < jpeg.Length - 2)
            {
                Assert.Null(JpegEighth.Decode([.. jpeg.AsSpan(0, length), 0xFF, 0xD9], default));
            }
        }
    }

    [Fact]
    public void Bytes_too_many_before_the_end_and_restarts_out_of_order_are_left_to_the_decoder()
    {
        var jpeg = SamplePictures.Encode(SamplePictures.Scene(64, 48, seed: 5), ImageFormat.Jpeg, "restart_interval=2");
        var restart = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD1]);
        var disordered = jpeg.ToArray();
        disordered[restart + 1] = 0xD3;

        Assert.NotNull(JpegEighth.Decode(jpeg, default));
        Assert.NotNull(JpegEighth.Decode([.. jpeg, 1, 2, 3], default));
        Assert.Null(JpegEighth.Decode([.. jpeg.AsSpan(0, jpeg.Length - 2), 0, 0xFF, 0xD9], default));
        Assert.Null(JpegEighth.Decode(disordered, default));
    }

    [Fact]
    public void Damaged_bytes_never_do_more_than_to_spoil_the_picture()
    {
        var jpeg = SamplePictures.Encode(SamplePictures.Scene(96, 64, seed: 6), ImageFormat.Jpeg, "Q=60,restart_interval=4");
        var random = new Random(7);
        var noticed = 0;
        for (var round = 0; round < 5000; round++)
        {
            var damaged = jpeg.ToArray();
            for (var i = 0; i <= round % 4; i++)
            {
                damaged[random.Next(2, damaged.Length)] = (byte)random.Next(256);
            }

            noticed += JpegEighth.Decode(damaged, default) is null ? 1 : 0;
        }

        Assert.InRange(noticed, 2500, 5000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(7)]
    public void The_small_copy_of_a_turned_jpeg_is_upright(int orientation)
    {
        var jpeg = SamplePictures.Encode(SamplePictures.Scene(800, 600, seed: 8), ImageFormat.Jpeg);
        var turned = SamplePictures.WithExif(jpeg, ExifBuilder.OfOrientation(orientation));

        var small = ImageDecoder.Analyse(turned, ImageLimits.Default).Small;

        Assert.Equal(orientation >= 5 ? (75, 100) : (100, 75), (small.Width, small.Height));
        AssertMeansOf(ImageDecoder.Decode(turned, 1000, ImageLimits.Default), small);
    }

    [SharedDataFact("photos/coco-tiny")]
    public void An_eighth_of_a_photograph_has_the_look_and_the_colours_of_the_whole()
    {
        var files = Directory.EnumerateFiles(SharedData.PathOf("photos", "coco-tiny"), "*.jpg").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)
            .Select(bytes => (Eighth: JpegEighth.Decode(bytes, default), Whole: ImageDecoder.Decode(bytes, 1000, ImageLimits.Default)))
            .Where(photo => photo.Eighth is { Height: >= 64, Width: >= 64 }).ToList();

        Assert.NotEmpty(files);
        Assert.All(files, photo =>
        {
            Assert.InRange(PerceptualHash.Distance(PerceptualHash.Of(photo.Eighth!), PerceptualHash.Of(photo.Whole)), 0, PerceptualHash.SameLook);
            var share = DominantColours.Of(photo.Whole)[0];
            Assert.InRange(DominantColours.Of(photo.Eighth!).FirstOrDefault(colour => colour.Name == share.Name).Share, share.Share - 0.15f, share.Share + 0.15f);
        });
    }

    /// <summary>Blocks that lie whole in the picture; the coarser colours of a subsampled JPEG differ where two colours meet.</summary>
    private static void AssertMeansOf(ImagePixels whole, ImagePixels eighth)
    {
        var differences = new List<double>();
        for (var (y, x) = (0, 0); y < whole.Height / 8; (y, x) = x + 1 < whole.Width / 8 ? (y, x + 1) : (y + 1, 0))
        {
            var sum = 0.0;
            for (var i = 0; i < 64; i++)
            {
                sum += Light(whole, (x * 8) + (i % 8), (y * 8) + (i / 8));
            }

            differences.Add(Math.Abs((sum / 64) - Light(eighth, x, y)));
        }

        Assert.InRange(differences.Average(), 0, 2);
    }

    private static double Light(ImagePixels pixels, int x, int y)
    {
        var rgb = pixels.Rgb.Span.Slice(((y * pixels.Width) + x) * 3, 3);
        return (0.299 * rgb[0]) + (0.587 * rgb[1]) + (0.114 * rgb[2]);
    }

    private static byte[] Converted(ImagePixels pixels, string space)
    {
        _ = ImageLibrary.Version;
        using var image = VipsImage.FromPixels(pixels);
        using var converted = VipsOperation.Apply("colourspace", image, $"space={space}");
        return SamplePictures.Save(converted, ImageFormat.Jpeg);
    }

    private static byte[] WithProfile(byte[] jpeg, string name)
    {
        byte[] segment = [.. "ICC_PROFILE\0"u8, 1, 1, .. System.Text.Encoding.ASCII.GetBytes(name)];
        return [.. jpeg.AsSpan(0, 2), 0xFF, 0xE2, 0, (byte)(segment.Length + 2), .. segment, .. jpeg.AsSpan(2)];
    }
}
