using ImageSearch.Imaging;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Imaging;

public sealed class PerceptualHashTests
{
    [Fact]
    public void Reencoding_and_resizing_stay_within_the_same_look()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var scene = SamplePictures.Scene(640, 480, seed);
            var original = PerceptualHash.Of(scene);
            var reencoded = ImageDecoder.Analyse(SamplePictures.Encode(scene, ImageFormat.Jpeg, "Q=30"), ImageLimits.Default);
            var smaller = ImageDecoder.Decode(SamplePictures.Encode(scene, ImageFormat.Png), 150, ImageLimits.Default);

            Assert.InRange(PerceptualHash.Distance(original, reencoded.PerceptualHash), 0, PerceptualHash.SameLook);
            Assert.InRange(PerceptualHash.Distance(original, PerceptualHash.Of(smaller)), 0, PerceptualHash.SameLook);
        }
    }

    [SharedDataFact("photos/flickr8k-sample")]
    public void Different_photographs_do_not_have_the_same_look()
    {
        var hashes = Directory.EnumerateFiles(SharedData.PathOf("photos", "flickr8k-sample"), "*.jpg")
            .Order(StringComparer.Ordinal).Take(100)
            .Select(file => ImageDecoder.Analyse(File.ReadAllBytes(file), ImageLimits.Default).PerceptualHash).ToArray();
        var pairs = hashes.SelectMany((left, index) => hashes.Skip(index + 1).Select(right => PerceptualHash.Distance(left, right))).ToArray();

        Assert.InRange(pairs.Count(distance => distance <= PerceptualHash.SameLook), 0, pairs.Length / 1000);
        Assert.InRange(pairs.Average(), 28, 36);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(255, 255, 255)]
    [InlineData(200, 30, 90)]
    public void A_flat_picture_has_the_hash_zero(byte red, byte green, byte blue) =>
        Assert.Equal(0UL, PerceptualHash.Of(SamplePictures.Flat(100, 70, red, green, blue)));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(31, 33)]
    public void Pictures_smaller_than_the_grid_have_a_hash(int width, int height)
    {
        var scene = SamplePictures.Scene(width, height, seed: 9);

        Assert.Equal(0, PerceptualHash.Distance(PerceptualHash.Of(scene), PerceptualHash.Of(scene)));
    }

    [Fact]
    public void The_distance_counts_differing_bits()
    {
        Assert.Equal(0, PerceptualHash.Distance(0xF0, 0xF0));
        Assert.Equal(64, PerceptualHash.Distance(0, ulong.MaxValue));
        Assert.Equal(3, PerceptualHash.Distance(0b1011, 0b0000));
    }
}
