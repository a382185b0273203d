using ImageSearch.Imaging;
using ImageSearch.Imaging.Native;
using Xunit;

namespace ImageSearch.Tests.Imaging;

/// <summary>Alone, because libvips counts its allocations for the whole process.</summary>
[Collection(LibvipsAlone.Name)]
public sealed class HostilePicturesTests
{
    private static readonly ImageFormat[] Encoded =
        [ImageFormat.Jpeg, ImageFormat.Png, ImageFormat.Gif, ImageFormat.Webp, ImageFormat.Tiff, ImageFormat.Avif];

    public static TheoryData<ImageFormat, int> FormatsAndCuts()
    {
        var cases = new TheoryData<ImageFormat, int>();
        foreach (var format in Encoded.Where(format => format != ImageFormat.Tiff))
        {
            foreach (var percent in new[] { 10, 50, 90, 99 })
            {
                cases.Add(format, percent);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(FormatsAndCuts))]
    public void A_cut_picture_is_refused_as_truncated(ImageFormat format, int percent)
    {
        var bytes = SamplePictures.Encode(SamplePictures.Scene(200, 150, seed: 2), format);

        Assert.Equal(ImageRefusal.Truncated, RefusalOf(bytes[..(bytes.Length * percent / 100)]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("interlace=true")]
    public void A_jpeg_that_lacks_only_its_end_marker_is_accepted(string arguments)
    {
        var bytes = SamplePictures.Encode(SamplePictures.Scene(200, 150, seed: 3), ImageFormat.Jpeg, arguments);

        Assert.Equal(200, ImageDecoder.Decode(bytes.AsMemory(..^2), 1000, ImageLimits.Default).Width);
    }

    [Fact]
    public void A_jpeg_that_was_cut_and_closed_is_refused()
    {
        var bytes = SamplePictures.Encode(SamplePictures.Scene(200, 150, seed: 4), ImageFormat.Jpeg);

        Assert.Equal(ImageRefusal.Corrupt, RefusalOf([.. bytes[..(bytes.Length / 2)], 0xFF, 0xD9]));
    }

    [Fact]
    public void A_png_that_carries_gigabytes_of_packed_text_is_decoded_without_them()
    {
        const int TextLength = 5_000_000;
        byte[] bomb = [.. "Comment\0\0"u8, .. SamplePictures.Deflate(new byte[TextLength])];
        var png = SamplePictures.Encode(SamplePictures.Quarters(40, 30), ImageFormat.Png);
        for (var chunk = 0; chunk < 100; chunk++)
        {
            png = SamplePictures.WithChunk(png, "zTXt", bomb);
        }

        var repaired = EncodedRepair.ForDecoder(png, ImageFormat.Png);

        Assert.True(repaired.Length < png.Length / 10);
        Assert.Equal(40, ImageDecoder.Analyse(png, ImageLimits.Default).Small.Width);
        Assert.Null(ImageMetadataReader.Read(png, ImageIdentifier.Identify(png, ImageLimits.Default)).Description);
    }

    [Fact]
    public void Of_a_gif_with_a_later_frame_of_gigabytes_the_first_is_decoded()
    {
        var gif = SamplePictures.Encode(SamplePictures.Quarters(40, 30), ImageFormat.Gif);
        byte[] hugeFrame = [0x2C, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 2, 1, 0x44, 0];

        Assert.Equal(40, ImageDecoder.Decode((byte[])[.. gif[..^1], .. hugeFrame, 0x3B], 100, ImageLimits.Default).Width);
    }

    [Fact]
    public void A_profile_of_noise_is_ignored()
    {
        var noise = new byte[100_000];
        new Random(5).NextBytes(noise);
        var png = SamplePictures.WithChunk(
            SamplePictures.Encode(SamplePictures.Quarters(40, 30), ImageFormat.Png),
            "iCCP",
            [.. "noise\0\0"u8, .. SamplePictures.Deflate(noise)]);

        Assert.Equal(40, ImageDecoder.Decode(png, 100, ImageLimits.Default).Width);
    }

    [Fact]
    public void A_directory_of_a_tiff_that_points_to_itself_ends()
    {
        byte[] tiff = [.. "II*\0"u8, 8, 0, 0, 0, 0, 0, 8, 0, 0, 0];

        Assert.Equal(ImageRefusal.Corrupt, RefusalOf(tiff));
    }

    [Fact]
    public void Headers_with_random_changes_end_as_accepted_or_refused()
    {
        const int RoundsPerFormat = 150;
        var random = new Random(6);
        foreach (var format in Encoded)
        {
            var good = SamplePictures.Encode(SamplePictures.Scene(60, 40, seed: 7), format);
            for (var round = 0; round < RoundsPerFormat; round++)
            {
                var changed = Changed(good, random);
                if (RefusalOf(changed) is null)
                {
                    ImageMetadataReader.Read(changed, ImageIdentifier.Identify(changed, ImageLimits.Default));
                }
            }
        }

        AssertNothingIsHeld();
    }

    [Fact]
    public void Pictures_that_fail_side_by_side_tell_only_of_themselves()
    {
        var pictures = Enumerable.Range(0, 64)
            .Select(index => SamplePictures.Encode(SamplePictures.Scene(250 + index, 140, seed: index), ImageFormat.Jpeg))
            .Select(jpeg => (byte[])[.. jpeg[..(jpeg.Length / 2)], 0xFF, 0xD9])
            .ToArray();
        var messages = new string[pictures.Length];

        Parallel.For(0, pictures.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, index =>
            messages[index] = Assert.Throws<ImageFormatException>(
                () => ImageDecoder.Decode(pictures[index], 100, ImageLimits.Default)).Message);

        Assert.All(messages.Index(), message => Assert.Contains($"{250 + message.Index} x 140", message.Item, StringComparison.Ordinal));
        AssertNothingIsHeld();
    }

    [Fact]
    public void Nothing_is_held_after_good_pictures_of_every_format()
    {
        foreach (var format in Encoded)
        {
            var bytes = SamplePictures.Encode(SamplePictures.Scene(300, 200, seed: 8), format);
            ImageDecoder.Analyse(bytes, ImageLimits.Default);
            ImageFitter.FitEach(bytes, [new FitOptions { MaxSide = 200 }, FitOptions.Thumbnail with { MaxSide = 50 }], ImageLimits.Default);
        }

        AssertNothingIsHeld();
    }

    // The threads of libvips give their buffers back a moment after the result is there.
    private static void AssertNothingIsHeld()
    {
        SpinWait.SpinUntil(() => Libvips.TrackedAllocations() == 0, TimeSpan.FromSeconds(10));
        Assert.Equal((0, (nuint)0), (Libvips.TrackedAllocations(), Libvips.TrackedMemory()));
    }

    private static ImageRefusal? RefusalOf(byte[] bytes)
    {
        try
        {
            ImageDecoder.Analyse(bytes, ImageLimits.Default);
            return null;
        }
        catch (ImageFormatException refused)
        {
            return refused.Refusal;
        }
    }

    // Flips, cuts and splices, most of them in the header.
    private static byte[] Changed(byte[] good, Random random)
    {
        var changed = good.ToArray();
        var header = Math.Min(good.Length, random.Next(4) == 0 ? good.Length : 200);
        for (var flips = random.Next(1, 9); flips > 0; flips--)
        {
            changed[random.Next(header)] = (byte)random.Next(256);
        }

        return random.Next(6) switch
        {
            0 => changed[..random.Next(changed.Length)],
            1 => [.. changed[..random.Next(header)], .. good[random.Next(header)..]],
            _ => changed,
        };
    }
}
