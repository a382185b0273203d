using System.Buffers;

namespace ImageSearch.Imaging.Jpeg;

/// <summary>
/// A plain JPEG at an eighth of its size: a pixel for each block of 8 x 8, of the block's mean, which stands alone in the file. Everything
/// else is skipped, but read to the end, so that a picture that is cut or damaged is noticed as the decoder would notice it.
/// </summary>
internal sealed class JpegEighth
{
    private const byte FirstRestart = 0xD0;
    private const byte EndOfImage = 0xD9;

    private readonly JpegLayout _layout;
    private readonly int _across; // blocks in a unit, side by side
    private readonly int _down; // blocks in a unit, one above the other
    private readonly int _unitsAcross;
    private readonly int _units;
    private readonly byte[][] _planes;
    private readonly int[] _means;
    private int _unit;

    private JpegEighth(JpegLayout layout)
    {
        _layout = layout;
        _across = layout.Components.Max(component => component.Across);
        _down = layout.Components.Max(component => component.Down);
        _unitsAcross = Units(layout.Width, _across);
        _units = _unitsAcross * Units(layout.Height, _down);
        _planes = [.. layout.Components.Select(component => new byte[_units * component.Across * component.Down])];
        _means = new int[layout.Components.Length];
    }

    /// <summary>The small picture as it lies in the file, not turned; null where the JPEG is not plain, or not whole.</summary>
    internal static ImagePixels? Decode(ReadOnlySpan<byte> bytes, CancellationToken cancellationToken)
    {
        if (JpegLayout.Read(bytes) is not { } layout)
        {
            return null;
        }

        var eighth = new JpegEighth(layout);
        return eighth.TryReadScan(bytes[layout.ScanStart..], cancellationToken) ? eighth.ToPixels() : null;
    }

    private bool TryReadScan(ReadOnlySpan<byte> scan, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(scan.Length);
        try
        {
            for (var restarts = 0; ; restarts++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var length = Unstuff(ref scan, buffer, out var marker);
                var end = _layout.RestartInterval == 0 ? _units : Math.Min(_units, _unit + _layout.RestartInterval);
                if (!TryReadUnits(new EntropyReader(buffer.AsSpan(0, length)), end))
                {
                    return false;
                }

                if (_unit == _units)
                {
                    return marker == EndOfImage;
                }

                if (marker != FirstRestart + (restarts & 7))
                {
                    return false;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Copies the bytes up to the next marker, each 0xFF without the zero behind it, and moves on behind the marker.</summary>
    private static int Unstuff(ref ReadOnlySpan<byte> scan, Span<byte> buffer, out byte marker)
    {
        var length = 0;
        while (scan.IndexOf((byte)0xFF) is >= 0 and var at && at + 1 < scan.Length)
        {
            marker = scan[at + 1];
            var plain = marker == 0 ? at + 1 : at;
            scan[..plain].CopyTo(buffer[length..]);
            length += plain;
            scan = scan[(at + 2)..];
            if (marker != 0)
            {
                return length;
            }
        }

        marker = 0;
        return length;
    }

    private bool TryReadUnits(EntropyReader reader, int end)
    {
        Array.Clear(_means);
        for (; _unit < end; _unit++)
        {
            for (var number = 0; number < _means.Length; number++)
            {
                if (!TryReadUnit(ref reader, number))
                {
                    return false;
                }
            }
        }

        return reader.IsAtEnd;
    }

    private bool TryReadUnit(ref EntropyReader reader, int number)
    {
        var component = _layout.Components[number];
        var step = _layout.StepOf(component);
        var stride = _unitsAcross * component.Across;
        var corner = (_unit / _unitsAcross * component.Down * stride) + (_unit % _unitsAcross * component.Across);
        for (var block = 0; block < component.Across * component.Down; block++)
        {
            if (!reader.TryReadBlock(component.First!, component.Others!, out var difference))
            {
                return false;
            }

            _means[number] += difference;

            // The coefficient is eight times the mean, around the middle of the range.
            _planes[number][corner + (block / component.Across * stride) + (block % component.Across)] =
                (byte)Math.Clamp((((_means[number] * step) + 4) >> 3) + 128, 0, 255);
        }

        return true;
    }

    private ImagePixels ToPixels()
    {
        var (width, height) = (Units(_layout.Width, 1), Units(_layout.Height, 1));
        var rgb = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            var target = rgb.AsSpan(y * width * 3, width * 3);
            if (_planes.Length == 1)
            {
                for (var x = 0; x < width; x++)
                {
                    target.Slice(x * 3, 3).Fill(_planes[0][(y * _unitsAcross) + x]);
                }

                continue;
            }

            var light = Row(0, y);
            var blue = Row(1, y);
            var red = Row(2, y);
            var (lights, blues, reds) = (_layout.Components[0].Across, _layout.Components[1].Across, _layout.Components[2].Across);
            for (var x = 0; x < width; x++)
            {
                ToRgb(light[x * lights / _across], blue[x * blues / _across] - 128, red[x * reds / _across] - 128, target.Slice(x * 3, 3));
            }
        }

        return new ImagePixels(width, height, rgb);
    }

    private ReadOnlySpan<byte> Row(int number, int y)
    {
        var component = _layout.Components[number];
        var stride = _unitsAcross * component.Across;
        return _planes[number].AsSpan(y * component.Down / _down * stride, stride);
    }

    // BT.601 in 16 bits behind the point, as JFIF has it.
    private static void ToRgb(int light, int blue, int red, Span<byte> rgb)
    {
        rgb[0] = Clamp(light + (((91881 * red) + 32768) >> 16));
        rgb[1] = Clamp(light - (((22554 * blue) + (46802 * red) + 32767) >> 16));
        rgb[2] = Clamp(light + (((116130 * blue) + 32768) >> 16));
    }

    private static int Units(int pixels, int blocks) => (pixels + (8 * blocks) - 1) / (8 * blocks);

    private static byte Clamp(int value) => (byte)Math.Clamp(value, 0, 255);
}
