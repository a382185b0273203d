using ImageSearch.Imaging;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Imaging;

public sealed class PhotographsTests
{
    [SharedDataFact("photos/flickr8k-sample")]
    public void Photographs_are_decoded_within_the_small_square_and_have_colours()
    {
        var files = Directory.EnumerateFiles(SharedData.PathOf("photos", "flickr8k-sample"), "*.jpg", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Take(50).ToList();

        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            var analysis = ImageDecoder.Analyse(File.ReadAllBytes(file), ImageLimits.Default);
            Assert.Equal(Math.Min(160, Math.Max(analysis.Info.Width, analysis.Info.Height)), Math.Max(analysis.Small.Width, analysis.Small.Height));
            Assert.Equal(analysis.Small.Width * analysis.Small.Height * 3, analysis.Small.Rgb.Length);
            Assert.NotEmpty(analysis.Colours);
            Assert.NotEqual(0UL, analysis.PerceptualHash);
        });
    }
}
