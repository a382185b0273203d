using System.Buffers.Binary;

namespace ImageSearch.Imaging.Jpeg;

/// <summary>
/// What the segments before the scan of a plain JPEG say: baseline or extended sequential Huffman coding, 8 bits, grey or YCbCr in sRGB, all
/// in one scan. What is odd in any way has no layout here and is left to libvips.
/// </summary>
internal sealed class JpegLayout
{
    private const int Tables = 4;

    private readonly HuffmanCode?[] _firsts = new HuffmanCode?[Tables];
    private readonly HuffmanCode?[] _others = new HuffmanCode?[Tables];
    private readonly int[] _steps = new int[Tables];
    private bool _isJfif;
    private byte? _adobeTransform;

    private JpegLayout()
    {
    }

    internal int Width { get; private set; }

    internal int Height { get; private set; }

    internal JpegComponent[] Components { get; private set; } = [];

    /// <summary>Units between two restarts; 0 where there are none.</summary>
    internal int RestartInterval { get; private set; }

    /// <summary>Where the scan's data begin.</summary>
    internal int ScanStart { get; private set; }

    /// <summary>The step in which means of a component were measured.</summary>
    internal int StepOf(JpegComponent component) => _steps[component.Quantiser];

    /// <summary>Null where the picture is not plain.</summary>
    internal static JpegLayout? Read(ReadOnlySpan<byte> bytes)
    {
        var layout = new JpegLayout();
        var at = 2;
        while (at + 4 <= bytes.Length && bytes[at] == 0xFF)
        {
            var marker = bytes[at + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (length < 2 || at + 2 + length > bytes.Length || !layout.Take(marker, bytes.Slice(at + 4, length - 2)))
            {
                return null;
            }

            at += 2 + length;
            if (marker == 0xDA)
            {
                layout.ScanStart = at;
                return layout.IsPlain() ? layout : null;
            }
        }

        return null;
    }

    /// <summary>False for what a plain picture does not have.</summary>
    private bool Take(byte marker, ReadOnlySpan<byte> segment)
    {
        switch (marker)
        {
            case 0xC0 or 0xC1:
                return TakeFrame(segment);
            case 0xC4:
                return TakeCodes(segment);
            case 0xDB:
                return TakeSteps(segment);
            case 0xDD when segment.Length == 2:
                RestartInterval = BinaryPrimitives.ReadUInt16BigEndian(segment);
                return true;
            case 0xDA:
                return TakeScan(segment);
            case 0xE0:
                _isJfif |= segment.StartsWith("JFIF\0"u8);
                return true;
            case 0xE2 when segment.StartsWith("ICC_PROFILE\0"u8):
                return segment.IndexOf("sRGB"u8) >= 0 || segment.IndexOf("s\0R\0G\0B"u8) >= 0;
            case 0xEE when segment.StartsWith("Adobe"u8) && segment.Length >= 12:
                _adobeTransform = segment[11];
                return true;
            default:
                return marker is (>= 0xE1 and <= 0xEF) or 0xFE;
        }
    }

    private bool TakeFrame(ReadOnlySpan<byte> segment)
    {
        if (Components.Length > 0 || segment.Length < 6 || segment[0] != 8 || segment[5] is not (1 or 3) || segment.Length != 6 + (segment[5] * 3))
        {
            return false;
        }

        (Height, Width) = (BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), BinaryPrimitives.ReadUInt16BigEndian(segment[3..]));
        Components = new JpegComponent[segment[5]];
        for (var i = 0; i < Components.Length; i++)
        {
            var entry = segment.Slice(6 + (i * 3), 3);

            // A component that is alone has no units: its blocks come row by row.
            var (across, down) = Components.Length == 1 ? (1, 1) : (entry[1] >> 4, entry[1] & 15);
            if (across is not (1 or 2 or 4) || down is not (1 or 2 or 4) || entry[2] >= Tables)
            {
                return false;
            }

            Components[i] = new JpegComponent(entry[0], across, down, entry[2]);
        }

        return Width > 0 && Height > 0;
    }

    private bool TakeCodes(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > 0)
        {
            var (kind, number) = (segment[0] >> 4, segment[0] & 15);
            if (kind > 1 || number >= Tables || !HuffmanCode.TryRead(segment[1..], out var length, out var code))
            {
                return false;
            }

            (kind == 0 ? _firsts : _others)[number] = code;
            segment = segment[(1 + length)..];
        }

        return true;
    }

    private bool TakeSteps(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > 0)
        {
            var (size, number) = ((segment[0] >> 4) + 1, segment[0] & 15);
            if (size > 2 || number >= Tables || segment.Length < 1 + (64 * size))
            {
                return false;
            }

            _steps[number] = size == 1 ? segment[1] : BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
            segment = segment[(1 + (64 * size))..];
        }

        return true;
    }

    private bool TakeScan(ReadOnlySpan<byte> segment)
    {
        var count = Components.Length;
        if (count == 0 || segment.Length != 4 + (count * 2) || segment[0] != count || !segment[^3..].SequenceEqual((ReadOnlySpan<byte>)[0, 63, 0]))
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            var (id, codes) = (segment[1 + (i * 2)], segment[2 + (i * 2)]);
            if (id != Components[i].Id || codes >> 4 >= Tables || (codes & 15) >= Tables)
            {
                return false;
            }

            (Components[i].First, Components[i].Others) = (_firsts[codes >> 4], _others[codes & 15]);
        }

        return true;
    }

    private bool IsPlain() =>
        Array.TrueForAll(Components, component => component is { First: not null, Others: not null } && StepOf(component) > 0)
        && (Components.Length == 1 || _isJfif || (_adobeTransform is null ? Components is [{ Id: 1 }, { Id: 2 }, { Id: 3 }] : _adobeTransform == 1));
}
