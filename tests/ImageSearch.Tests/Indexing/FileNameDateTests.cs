using System.Globalization;
using ImageSearch.Indexing;
using Xunit;

namespace ImageSearch.Tests.Indexing;

public sealed class FileNameDateTests
{
    [Theory]
    [InlineData("IMG_20240131_235958.jpg", "2024-01-31T23:59:58")]
    [InlineData("PXL_20240131_235958123.jpg", "2024-01-31T23:59:58")]
    [InlineData("IMG-20240131-WA0001.jpg", "2024-01-31T00:00:00")]
    [InlineData("2024-01-31 23.59.58.png", "2024-01-31T23:59:58")]
    [InlineData("Screenshot 2024-01-31 at 23.59.58.png", "2024-01-31T23:59:58")]
    [InlineData("Screenshot_20240131-235958.png", "2024-01-31T23:59:58")]
    [InlineData("2024-01-31.jpg", "2024-01-31T00:00:00")]
    [InlineData("1999_12_31.jpg", "1999-12-31T00:00:00")]
    [InlineData("20240229.jpg", "2024-02-29T00:00:00")]
    public void A_date_in_a_name_is_read(string name, string date) =>
        Assert.Equal(DateTime.Parse(date, CultureInfo.InvariantCulture), FileNameDate.Of(name));

    [Theory]
    [InlineData("20230229.jpg")]
    [InlineData("20241301.jpg")]
    [InlineData("120240131.jpg")]
    [InlineData("202401315.jpg")]
    [InlineData("DSC_2024.jpg")]
    [InlineData("18990101.jpg")]
    [InlineData("2024-0131.jpg")]
    public void A_number_that_is_no_date_is_not_taken_for_one(string name) => Assert.Null(FileNameDate.Of(name));
}
