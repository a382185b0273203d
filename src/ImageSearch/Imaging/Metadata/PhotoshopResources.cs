using System.Buffers.Binary;

namespace ImageSearch.Imaging.Metadata;

/// <summary>The image resources of Photoshop, one of which carries IPTC.</summary>
internal static class PhotoshopResources
{
    private const int IptcResource = 0x0404;
    private const int MostResources = 1000;

    /// <summary>The IPTC record, empty when there is none.</summary>
    internal static ReadOnlyMemory<byte> Iptc(ReadOnlyMemory<byte> resources)
    {
        var span = resources.Span;
        long position = 0;
        for (var resource = 0; resource < MostResources && position + 12 <= span.Length; resource++)
        {
            var start = (int)position;
            if (!span.Slice(start, 4).SequenceEqual("8BIM"u8))
            {
                break;
            }

            var id = BinaryPrimitives.ReadUInt16BigEndian(span[(start + 4)..]);

            // A name with its length byte, padded to an even number of bytes.
            position += 6 + ((span[start + 6] + 2) & ~1);
            if (position + 4 > span.Length)
            {
                break;
            }

            long length = BinaryPrimitives.ReadUInt32BigEndian(span[(int)position..]);
            position += 4;
            if (position + length > span.Length)
            {
                break;
            }

            if (id == IptcResource)
            {
                return resources.Slice((int)position, (int)length);
            }

            position += length + (length & 1);
        }

        return default;
    }
}
