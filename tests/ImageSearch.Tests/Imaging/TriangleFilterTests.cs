using ImageSearch.Imaging;
using Xunit;

namespace ImageSearch.Tests.Imaging;

public sealed class TriangleFilterTests
{
    [Theory]
    [InlineData(100, 80, 100, 80)]
    [InlineData(200, 100, 97, 51)]
    [InlineData(17, 1000, 3, 1)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(1000, 3, 999, 2)]
    public void A_flat_picture_stays_exactly_as_it_is(int width, int height, int newWidth, int newHeight)
    {
        var reduced = Reduce(SamplePictures.Flat(width, height, 255, 128, 1), newWidth, newHeight);

        Assert.Equal(SamplePictures.Flat(newWidth, newHeight, 255, 128, 1).Rgb.ToArray(), reduced.Rgb.ToArray());
    }

    [Fact]
    public void The_same_size_gives_the_same_pixels()
    {
        var scene = SamplePictures.Scene(37, 23, seed: 1);

        Assert.Equal(scene.Rgb.ToArray(), Reduce(scene, 37, 23).Rgb.ToArray());
    }

    [Theory]
    [InlineData(300, 200, 154, 103)]
    [InlineData(301, 199, 40, 26)]
    [InlineData(64, 64, 63, 1)]
    public void Every_pixel_is_the_weighted_mean_that_the_filter_defines(int width, int height, int newWidth, int newHeight)
    {
        var scene = SamplePictures.Scene(width, height, seed: 2);
        var reduced = Reduce(scene, newWidth, newHeight);

        for (var at = 0; at < reduced.Rgb.Length; at += 7)
        {
            var (x, y, channel) = (at / 3 % newWidth, at / 3 / newWidth, at % 3);
            Assert.Equal(Mean(scene, x, y, channel, newWidth, newHeight), reduced.Rgb.Span[at], tolerance: 3.0);
        }
    }

    private static ImagePixels Reduce(ImagePixels pixels, int width, int height) =>
        TriangleFilter.Reduce(new RgbView(pixels.Rgb.Span, pixels.Width, pixels.Height), width, height);

    private static double Mean(ImagePixels pixels, int x, int y, int channel, int newWidth, int newHeight)
    {
        double sum = 0, weights = 0;
        for (var row = 0; row < pixels.Height; row++)
        {
            var down = Weight(row, y, pixels.Height, newHeight);
            for (var column = 0; down > 0 && column < pixels.Width; column++)
            {
                var weight = down * Weight(column, x, pixels.Width, newWidth);
                weights += weight;
                sum += weight * pixels.Rgb.Span[(((row * pixels.Width) + column) * 3) + channel];
            }
        }

        return sum / weights;
    }

    private static double Weight(int old, int position, int from, int to)
    {
        var ratio = (double)from / to;
        return Math.Max(0, 1 - (Math.Abs(old - (((position + 0.5) * ratio) - 0.5)) / ratio));
    }
}
