using ImageSearch.Embedding;
using ImageSearch.Embedding.Offline;
using ImageSearch.Imaging;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Embedding;

public sealed class VisualStatisticsTests
{
    // Another version of libvips shrinks pictures a little differently.
    private const double Tolerance = 0.01;

    [SharedDataFact("photos/caltech101")]
    public void The_average_photograph_is_derived_from_the_photographs_it_names()
    {
        var measured = CaltechPhotos.Files.Where((_, at) => at % 2 == 0)
            .Select(file => VisualMeasurement.Of(ImageDecoder.Decode(File.ReadAllBytes(file), OfflineEmbeddingGenerator.DecodedSide, ImageLimits.Default)))
            .ToArray();

        for (var at = 0; at < VisualLayout.Dimension; at++)
        {
            var mean = measured.Average(numbers => numbers[at]);
            var deviation = Math.Sqrt(measured.Average(numbers => (numbers[at] - mean) * (numbers[at] - mean)));
            Assert.Equal(mean, VisualStatistics.Means[at], Tolerance);
            Assert.Equal(deviation, VisualStatistics.Deviations[at], Tolerance);
        }
    }

    [Fact]
    public void The_blocks_fill_the_visual_part()
    {
        Assert.Equal(VisualLayout.Dimension, VisualLayout.Blocks.Sum(block => block.Length));
        Assert.Equal(VisualLayout.Dimension, VisualLayout.Edges.End);
        Assert.Equal(VisualLayout.Dimension, VisualStatistics.Means.Length);
        Assert.Equal(VisualLayout.Dimension, VisualStatistics.Deviations.Length);
        Assert.True(VisualStatistics.Deviations.IndexOfAnyExceptInRange(0.001f, 1f) < 0);
    }
}
