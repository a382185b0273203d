namespace ImageSearch.Imaging.Jpeg;

/// <summary>The means of one component's blocks, a byte each.</summary>
internal sealed class JpegPlane
{
    private readonly int _across;
    private readonly int _down;
    private readonly int _step;
    private readonly HuffmanCode _first;
    private readonly HuffmanCode _others;
    private readonly int _stride;
    private readonly byte[] _samples;
    private int _mean;

    /// <param name="component">The component; its codes are known.</param>
    /// <param name="step">The step in which its means were measured.</param>
    /// <param name="unitsAcross">Units in a row.</param>
    /// <param name="unitsDown">Rows of units.</param>
    internal JpegPlane(JpegComponent component, int step, int unitsAcross, int unitsDown)
    {
        (_across, _down, _step, _first, _others) = (component.Across, component.Down, step, component.First!, component.Others!);
        _stride = unitsAcross * _across;
        _samples = new byte[_stride * unitsDown * _down];
    }

    /// <summary>Begins a restart interval: the next difference is from nothing.</summary>
    internal void Restart() => _mean = 0;

    /// <summary>Reads the component's blocks of one unit.</summary>
    /// <returns>False when the bits are no blocks, or have ended.</returns>
    internal bool TryReadUnit(ref EntropyReader reader, int row, int column)
    {
        for (var y = 0; y < _down; y++)
        {
            var target = _samples.AsSpan((((row * _down) + y) * _stride) + (column * _across), _across);
            for (var x = 0; x < target.Length; x++)
            {
                if (!reader.TryReadBlock(_first, _others, out var difference))
                {
                    return false;
                }

                // The coefficient is eight times the mean, around the middle of the range.
                _mean += difference;
                target[x] = (byte)Math.Clamp((((_mean * _step) + 4) >> 3) + 128, 0, 255);
            }
        }

        return true;
    }

    /// <summary>Writes one row of the small picture.</summary>
    /// <param name="y">The row.</param>
    /// <param name="unitAcross">Pixels in a unit, side by side.</param>
    /// <param name="unitDown">Pixels in a unit, one above the other.</param>
    /// <param name="target">The row's samples.</param>
    internal void CopyRow(int y, int unitAcross, int unitDown, Span<byte> target)
    {
        var source = _samples.AsSpan(y * _down / unitDown * _stride, _stride);
        for (var x = 0; x < target.Length; x++)
        {
            target[x] = source[x * _across / unitAcross];
        }
    }
}
