using MetadataExtractor;
using MetadataExtractor.Formats.Iptc;
using MetadataExtractor.IO;

namespace ImageSearch.Imaging.Metadata;

/// <summary>The fields of IPTC-IIM that the house uses.</summary>
internal sealed record IptcFields(string? Title, string? Description, IReadOnlyList<string> Keywords, TakenTime? Created)
{
    private static readonly IptcFields None = new(null, null, [], null);

    internal static IptcFields Read(ReadOnlyMemory<byte> record)
    {
        if (record.IsEmpty)
        {
            return None;
        }

        try
        {
            var fields = new IptcReader().Extract(new SequentialByteArrayReader(record.ToArray()), record.Length);
            return new IptcFields(
                fields.GetString(IptcDirectory.TagObjectName) ?? fields.GetString(IptcDirectory.TagHeadline),
                fields.GetString(IptcDirectory.TagCaption),
                fields.GetStringArray(IptcDirectory.TagKeywords) ?? [],
                CreatedAt(fields));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Broken IPTC is no IPTC. The reader throws whatever its bytes lead it to.
            return None;
        }
    }

    // The date is CCYYMMDD, the time HHMMSS±HHMM.
    private static TakenTime? CreatedAt(IptcDirectory fields)
    {
        var date = fields.GetString(IptcDirectory.TagDateCreated);
        var time = fields.GetString(IptcDirectory.TagTimeCreated);
        if (date is not { Length: 8 })
        {
            return null;
        }

        var clock = time is { Length: >= 6 } ? $" {time[..2]}:{time[2..4]}:{time[4..6]}{time[6..]}" : "";
        return TakenTime.Parse($"{date[..4]}:{date[4..6]}:{date[6..]}{clock}");
    }
}
