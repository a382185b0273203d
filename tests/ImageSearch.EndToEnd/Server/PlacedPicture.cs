using System.Buffers.Binary;
using System.Text;
using ImageSearch.Testing;

namespace ImageSearch.EndToEnd.Server;

/// <summary>A photograph that says where it was taken, in every way that a JPEG can.</summary>
internal static class PlacedPicture
{
    /// <summary>Stands in every one of its metadata.</summary>
    public const string Secret = "HERE-I-LIVE";

    /// <summary>600 x 400 pixels as they are stored.</summary>
    public static byte[] Bytes(int orientation)
    {
        var photograph = DataSamples.Read("food/coffee.jpg");
        var exif = new ExifBuilder().Orientation(orientation).Main(0x010E, Secret).Main(0x0110, "Camera 1").Place("N", [48, 1, 51, 1, 30, 1], "E", [2, 1, 21, 1, 3, 1]).Build();
        var xmp = $"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
            + $"<rdf:Description xmlns:exif='http://ns.adobe.com/exif/1.0/' exif:GPSLatitude='48,51.5N' exif:GPSLongitude='2,21,0E'>{Secret}</rdf:Description></rdf:RDF></x:xmpmeta>";
        return
        [
            0xFF, 0xD8,
            .. Segment(0xE1, [.. "Exif\0\0"u8, .. exif]),
            .. Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes(xmp)]),
            .. Segment(0xFE, Encoding.ASCII.GetBytes(Secret)),
            .. photograph[2..],
            .. Encoding.ASCII.GetBytes(Secret),
        ];
    }

    private static byte[] Segment(byte marker, byte[] content)
    {
        byte[] segment = [0xFF, marker, 0, 0, .. content];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(content.Length + 2));
        return segment;
    }
}
