using System.Xml;

namespace ImageSearch.Imaging.Metadata;

/// <summary>
/// The simple properties and lists of an XMP packet. Read in one pass with bounds on size, depth and values, without DTDs;
/// structures are skipped.
/// </summary>
internal sealed class XmpPacket
{
    internal const string Dc = "http://purl.org/dc/elements/1.1/";
    internal const string Exif = "http://ns.adobe.com/exif/1.0/";
    internal const string ExifExtended = "http://cipa.jp/exif/1.0/";
    internal const string Aux = "http://ns.adobe.com/exif/1.0/aux/";
    internal const string Tiff = "http://ns.adobe.com/tiff/1.0/";
    internal const string Xmp = "http://ns.adobe.com/xap/1.0/";
    internal const string Photoshop = "http://ns.adobe.com/photoshop/1.0/";
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private const int LongestPacket = 1 << 20;
    private const int DeepestNesting = 64;
    private const int MostValues = 256;

    private readonly Dictionary<(string Namespace, string Name), List<string>> _values = [];

    internal static XmpPacket Read(ReadOnlyMemory<byte> bytes)
    {
        var packet = new XmpPacket();
        if (bytes.IsEmpty || bytes.Length > LongestPacket)
        {
            return packet;
        }

        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true };
        using var reader = XmlReader.Create(new MemoryStream(bytes.TrimEnd((byte)0).ToArray()), settings);
        try
        {
            packet.ReadProperties(reader);
        }
        catch (XmlException)
        {
            // Broken XMP: the properties before the break stand.
            return packet;
        }

        return packet;
    }

    /// <summary>The first value of a property (of a text in several languages, the default one), or null.</summary>
    internal string? First(string space, string name) =>
        _values.TryGetValue((space, name), out var values) ? values.FirstOrDefault() : null;

    /// <summary>All values of a property, in order.</summary>
    internal IReadOnlyList<string> All(string space, string name) =>
        _values.TryGetValue((space, name), out var values) ? values : [];

    private void ReadProperties(XmlReader reader)
    {
        var description = -1;
        (string, string)? property = null;
        var isDefaultLanguage = false;
        while (reader.Read() && reader.Depth <= DeepestNesting)
        {
            if (description >= 0 && reader.Depth < description)
            {
                description = -1;
            }

            if (reader.NodeType == XmlNodeType.Element && description < 0)
            {
                if (reader.LocalName == "Description" && reader.NamespaceURI == Rdf)
                {
                    description = reader.Depth;
                    AddAttributes(reader);
                }
            }
            else if (reader.NodeType == XmlNodeType.Element && reader.Depth == description + 1)
            {
                property = (reader.NamespaceURI, reader.LocalName);
                isDefaultLanguage = false;
            }
            else if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "li" && reader.NamespaceURI == Rdf)
            {
                isDefaultLanguage = reader.GetAttribute("xml:lang") == "x-default";
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && property is { } name && IsValue(reader.Depth - description))
            {
                Add(name, reader.Value, isDefaultLanguage);
            }
        }
    }

    // A plain value stands right in its property, a list's value in property, container and item.
    private static bool IsValue(int levels) => levels is 2 or 4;

    private void AddAttributes(XmlReader reader)
    {
        while (reader.MoveToNextAttribute())
        {
            Add((reader.NamespaceURI, reader.LocalName), reader.Value, isFirst: false);
        }

        reader.MoveToElement();
    }

    private void Add((string, string) property, string value, bool isFirst)
    {
        if (!_values.TryGetValue(property, out var values))
        {
            _values[property] = values = [];
        }

        if (values.Count < MostValues)
        {
            values.Insert(isFirst ? 0 : values.Count, value);
        }
    }
}
