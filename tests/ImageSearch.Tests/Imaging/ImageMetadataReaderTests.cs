using System.Text;
using ImageSearch.Imaging;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Imaging;

public sealed class ImageMetadataReaderTests
{
    private const string XmpStart =
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>";

    private const string XmpEnd = "</rdf:RDF></x:xmpmeta>";

    private static readonly byte[] Jpeg = SamplePictures.Encode(SamplePictures.Quarters(20, 10), ImageFormat.Jpeg);

    [Fact]
    public void Exif_gives_time_camera_lens_place_and_rating()
    {
        var exif = new ExifBuilder().Rating(4)
            .Main(0x010E, "A day at the lake").Main(0x010F, "NIKON CORPORATION").Main(0x0110, "NIKON D70")
            .Camera(0x9003, "2024:05:06 07:08:09").Camera(0x9291, "250").Camera(0x9011, "+02:00").Camera(0xA434, "50.0 mm f/1.8")
            .Place("S", [33, 1, 51, 1, 30, 1], "E", [151, 1, 12, 1, 0, 1]).Build();

        var metadata = Read(SamplePictures.WithExif(Jpeg, exif));

        Assert.Empty(metadata.Keywords);
        Assert.Equal(
            new ImageMetadata
            {
                TakenAt = new DateTime(2024, 5, 6, 7, 8, 9, 250),
                TakenAtOffset = TimeSpan.FromHours(2),
                TakenAtSource = "exif",
                Camera = "NIKON D70",
                Lens = "50.0 mm f/1.8",
                Latitude = -33.8583333,
                Longitude = 151.2,
                Rating = 4,
                Description = "A day at the lake",
            },
            metadata with { Keywords = ImageMetadata.None.Keywords });
    }

    [Theory]
    [InlineData("0000:00:00 00:00:00")]
    [InlineData("    :  :     :  :  ")]
    [InlineData("2024:13:06 07:08:09")]
    [InlineData("2023:02:29 07:08:09")]
    [InlineData("not a date")]
    [InlineData("")]
    public void A_time_that_no_calendar_knows_is_none(string time)
    {
        var metadata = Read(SamplePictures.WithExif(Jpeg, new ExifBuilder().Camera(0x9003, time).Build()));

        Assert.Null(metadata.TakenAt);
        Assert.Null(metadata.TakenAtSource);
    }

    [Fact]
    public void A_time_without_an_offset_is_of_unknown_zone()
    {
        var metadata = Read(SamplePictures.WithExif(Jpeg, new ExifBuilder().Camera(0x9003, "2001:02:03 04:05:06").Build()));

        Assert.Equal(new DateTime(2001, 2, 3, 4, 5, 6), metadata.TakenAt);
        Assert.Null(metadata.TakenAtOffset);
    }

    [Theory]
    [InlineData("N", 91u, "E", 10u)]
    [InlineData("N", 10u, "E", 181u)]
    [InlineData("N", 0u, "E", 0u)]
    public void A_place_out_of_range_and_the_place_of_receivers_without_a_fix_are_none(string north, uint latitude, string east, uint longitude)
    {
        var metadata = Read(SamplePictures.WithExif(
            Jpeg, new ExifBuilder().Place(north, [latitude, 1, 0, 1, 0, 1], east, [longitude, 1, 0, 1, 0, 1]).Build()));

        Assert.Null(metadata.Latitude);
        Assert.Null(metadata.Longitude);
    }

    [Fact]
    public void What_cameras_fill_in_is_no_description()
    {
        var metadata = Read(SamplePictures.WithExif(Jpeg, new ExifBuilder().Main(0x010E, "OLYMPUS DIGITAL CAMERA         ").Build()));

        Assert.Null(metadata.Description);
    }

    [Fact]
    public void Xmp_gives_words_time_place_and_rating()
    {
        const string Xmp = XmpStart + """
            <rdf:Description rdf:about='' xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmlns:exif='http://ns.adobe.com/exif/1.0/'
              xmlns:dc='http://purl.org/dc/elements/1.1/' xmp:Rating='5' exif:GPSLatitude='48,51.5N' exif:GPSLongitude='2,21,0W'>
            <exif:DateTimeOriginal>2019-08-07T06:05:04.5-03:00</exif:DateTimeOriginal>
            <dc:title><rdf:Alt><rdf:li xml:lang='de'>Hafen</rdf:li><rdf:li xml:lang='x-default'>Harbour &amp; boats</rdf:li></rdf:Alt></dc:title>
            <dc:subject><rdf:Bag><rdf:li>boat</rdf:li><rdf:li>sea</rdf:li><rdf:li>Boat</rdf:li><rdf:li> </rdf:li></rdf:Bag></dc:subject>
            </rdf:Description>
            """ + XmpEnd;

        var metadata = Read(SamplePictures.WithXmp(Jpeg, Xmp));

        Assert.Equal(["boat", "sea"], metadata.Keywords);
        Assert.Equal(
            ("Harbour & boats", 5, 48.8583333, -2.35, new DateTime(2019, 8, 7, 6, 5, 4, 500), TimeSpan.FromHours(-3), "xmp"),
            (metadata.Title, metadata.Rating, metadata.Latitude, metadata.Longitude, metadata.TakenAt, metadata.TakenAtOffset, metadata.TakenAtSource));
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Tiff)]
    public void Xmp_is_found_in_other_formats(ImageFormat format)
    {
        const string Xmp = XmpStart + "<rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/' dc:title='A title'/>" + XmpEnd;
        var bytes = format == ImageFormat.Png
            ? SamplePictures.WithChunk(
                SamplePictures.Encode(SamplePictures.Quarters(20, 10), format), "iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Encoding.UTF8.GetBytes(Xmp)])
            : SamplePictures.WithExif(Jpeg, new ExifBuilder().MainBytes(0x02BC, Encoding.UTF8.GetBytes(Xmp)).Build());

        Assert.Equal("A title", Read(bytes).Title);
    }

    [Fact]
    public void Iptc_gives_title_caption_keywords_and_time()
    {
        byte[] iptc =
        [
            .. Field(5, "Market"), .. Field(120, "A market in the morning"), .. Field(25, "fruit"), .. Field(25, "people"),
            .. Field(55, "19991231"), .. Field(60, "235958+0100"),
        ];
        byte[] resource = [.. "Photoshop 3.0\08BIM"u8, 4, 4, 0, 0, 0, 0, 0, (byte)iptc.Length, .. iptc];

        var metadata = Read(SamplePictures.WithSegment(Jpeg, 0xED, resource));

        Assert.Equal(["fruit", "people"], metadata.Keywords);
        Assert.Equal(
            ("Market", "A market in the morning", new DateTime(1999, 12, 31, 23, 59, 58), TimeSpan.FromHours(1), "iptc"),
            (metadata.Title, metadata.Description, metadata.TakenAt, metadata.TakenAtOffset, metadata.TakenAtSource));
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(2_000)]
    public void Xmp_that_nests_without_end_is_left_where_it_gets_too_deep(int levels)
    {
        var xmp = XmpStart + "<rdf:Description xmlns:a='urn:a' xmlns:dc='http://purl.org/dc/elements/1.1/' dc:title='First'>"
            + string.Concat(Enumerable.Repeat("<a:b rdf:parseType='Resource'>", levels));

        Assert.Equal("First", Read(SamplePictures.WithXmp(Jpeg, xmp)).Title);
        Assert.Equal(
            "First",
            Read(SamplePictures.WithExif(Jpeg, new ExifBuilder().MainBytes(0x02BC, Encoding.UTF8.GetBytes(xmp)).Build())).Title);
    }

    [Fact]
    public void Xmp_with_a_document_type_is_not_read()
    {
        const string Xmp = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>]>" + XmpStart
            + "<rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>&b;</dc:title></rdf:Description>" + XmpEnd;

        Assert.Equal(ImageMetadata.None, Read(SamplePictures.WithXmp(Jpeg, Xmp)) with { Keywords = ImageMetadata.None.Keywords });
    }

    [Fact]
    public void Broken_exif_is_no_reason_to_fail()
    {
        var random = new Random(11);
        var good = new ExifBuilder().Rating(3).Main(0x010F, "Maker").Main(0x0110, "Model").Camera(0x9003, "2024:05:06 07:08:09")
            .Place("N", [1, 1, 2, 1, 3, 1], "W", [4, 1, 5, 1, 6, 1]).Build();
        for (var round = 0; round < 500; round++)
        {
            var broken = good.ToArray();
            for (var flips = random.Next(1, 12); flips > 0; flips--)
            {
                broken[random.Next(8, broken.Length)] = (byte)random.Next(256);
            }

            Assert.NotNull(Read(SamplePictures.WithExif(Jpeg, broken[..random.Next(8, broken.Length + 1)])));
        }
    }

    [Fact]
    public void Texts_are_trimmed_and_cut()
    {
        var metadata = Read(SamplePictures.WithExif(
            Jpeg, new ExifBuilder().Main(0x010E, "  two\r\n\twords \u0007 " + new string('x', 5000)).Build()));

        Assert.StartsWith("two words x", metadata.Description, StringComparison.Ordinal);
        Assert.Equal(4000, metadata.Description!.Length);
    }

    private static byte[] Field(byte number, string text) =>
        [0x1C, 2, number, 0, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private static ImageMetadata Read(byte[] bytes) =>
        ImageMetadataReader.Read(bytes, ImageIdentifier.Identify(bytes, ImageLimits.Default));
}
