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
    private readonly int _unitAcross; // blocks in a unit, side by side
    private readonly int _unitDown; // blocks in a unit, one above the other
    private readonly int _unitsAcross;
    private readonly int _units;
    private readonly JpegPlane[] _planes;
    private int _unit;

    private JpegEighth(JpegLayout layout)
    {
        _layout = layout;
        _unitAcross = layout.Components.Max(component => component.Across);
        _unitDown = layout.Components.Max(component => component.Down);
        _unitsAcross = Units(layout.Width, _unitAcross);
        var unitsDown = Units(layout.Height, _unitDown);
        _units = _unitsAcross * unitsDown;
        _planes = [.. layout.Components.Select(component => new JpegPlane(component, layout.StepOf(component), _unitsAcross, unitsDown))];
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
        foreach (var plane in _planes)
        {
            plane.Restart();
        }

        for (; _unit < end; _unit++)
        {
            var (row, column) = Math.DivRem(_unit, _unitsAcross);
            foreach (var plane in _planes)
            {
                if (!plane.TryReadUnit(ref reader, row, column))
                {
                    return false;
                }
            }
        }

        return reader.IsAtEnd;
    }

    private ImagePixels ToPixels()
    {
        var (width, height) = (Units(_layout.Width, 1), Units(_layout.Height, 1));
        var rgb = new byte[width * height * 3];
        var samples = new byte[_planes.Length * width];
        for (var y = 0; y < height; y++)
        {
            for (var i = 0; i < _planes.Length; i++)
            {
                _planes[i].CopyRow(y, _unitAcross, _unitDown, samples.AsSpan(i * width, width));
            }

            for (var x = 0; x < width; x++)
            {
                var target = rgb.AsSpan(((y * width) + x) * 3, 3);
                if (_planes.Length == 1)
                {
                    target.Fill(samples[x]);
                }
                else
                {
                    ToRgb(samples[x], samples[width + x] - 128, samples[(2 * width) + x] - 128, target);
                }
            }
        }

        return new ImagePixels(width, height, rgb);
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
