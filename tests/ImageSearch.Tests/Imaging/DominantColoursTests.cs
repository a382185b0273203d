using ImageSearch.Imaging;
using Xunit;

namespace ImageSearch.Tests.Imaging;

public sealed class DominantColoursTests
{
    [Theory]
    [InlineData(255, 0, 0, "red")]
    [InlineData(178, 34, 34, "red")]
    [InlineData(139, 0, 0, "red")]
    [InlineData(220, 20, 60, "red")]
    [InlineData(255, 165, 0, "orange")]
    [InlineData(255, 140, 0, "orange")]
    [InlineData(255, 255, 0, "yellow")]
    [InlineData(255, 215, 0, "yellow")]
    [InlineData(0, 128, 0, "green")]
    [InlineData(34, 139, 34, "green")]
    [InlineData(0, 255, 0, "green")]
    [InlineData(85, 107, 47, "green")]
    [InlineData(0, 255, 255, "cyan")]
    [InlineData(64, 224, 208, "cyan")]
    [InlineData(0, 128, 128, "cyan")]
    [InlineData(0, 0, 255, "blue")]
    [InlineData(65, 105, 225, "blue")]
    [InlineData(135, 206, 235, "blue")]
    [InlineData(0, 0, 128, "blue")]
    [InlineData(128, 0, 128, "purple")]
    [InlineData(138, 43, 226, "purple")]
    [InlineData(255, 192, 203, "pink")]
    [InlineData(255, 105, 180, "pink")]
    [InlineData(139, 69, 19, "brown")]
    [InlineData(160, 82, 45, "brown")]
    [InlineData(101, 67, 33, "brown")]
    [InlineData(0, 0, 0, "black")]
    [InlineData(20, 20, 20, "black")]
    [InlineData(128, 128, 128, "grey")]
    [InlineData(192, 192, 192, "grey")]
    [InlineData(255, 255, 255, "white")]
    [InlineData(245, 245, 245, "white")]
    public void Colours_have_the_names_that_people_use(byte red, byte green, byte blue, string name) =>
        Assert.Equal(name, DominantColours.NameOf(red, green, blue));

    [Fact]
    public void Shares_are_parts_of_the_area_with_the_largest_first()
    {
        var quarters = DominantColours.Of(SamplePictures.Quarters(100, 100));

        Assert.Equal(["blue", "green", "red", "white"], quarters.Select(colour => colour.Name).Order(StringComparer.Ordinal));
        Assert.All(quarters, colour => Assert.Equal(0.25f, colour.Share));
    }

    [Fact]
    public void Colours_below_a_twentieth_are_left_out()
    {
        var rgb = new byte[100 * 3];
        for (var channel = 0; channel < 4 * 3; channel++)
        {
            rgb[channel] = 255;
        }

        Assert.Equal([new DominantColour("black", 0.96f)], DominantColours.Of(new ImagePixels(10, 10, rgb)));
    }

    [Fact]
    public void Every_colour_has_one_of_the_twelve_names()
    {
        Assert.Equal(12, DominantColours.Names.Distinct().Count());
        for (var colour = 0; colour < 1 << 24; colour += 997)
        {
            Assert.Contains(DominantColours.NameOf((byte)(colour >> 16), (byte)(colour >> 8), (byte)colour), DominantColours.Names);
        }
    }
}
