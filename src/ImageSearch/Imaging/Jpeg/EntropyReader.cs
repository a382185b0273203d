using System.Buffers.Binary;

namespace ImageSearch.Imaging.Jpeg;

/// <summary>Reads the blocks of one restart interval: what each mean differs by from the one before, and the rest as fast as it can be skipped.</summary>
/// <param name="data">The interval without stuffed zeros.</param>
internal ref struct EntropyReader(ReadOnlySpan<byte> data)
{
    private const int BlockLength = 64;

    private readonly ReadOnlySpan<byte> _data = data;
    private int _position;
    private ulong _window; // the next bits, from the top
    private int _left; // how many of them have been read

    /// <summary>True when all bits were used, but for those that fill up the last byte.</summary>
    internal readonly bool IsAtEnd => ((long)_data.Length - _position) * 8 + _left is >= 0 and < 8;

    /// <summary>Reads one block.</summary>
    /// <param name="first">The code of means.</param>
    /// <param name="others">The code of all other coefficients.</param>
    /// <param name="difference">The difference of its mean from that of the block before.</param>
    /// <returns>False when the bits are no block, or have ended.</returns>
    internal bool TryReadBlock(HuffmanCode first, HuffmanCode others, out int difference)
    {
        difference = 0;
        if (_left < 32)
        {
            _window |= Next() >> _left;
            _left += 32;
        }

        var (length, size) = first.Find(_window);
        if (length == 0 || size > 11 || _position > _data.Length + sizeof(ulong))
        {
            return false;
        }

        Drop(length);
        if (size > 0)
        {
            // Of a negative number the bits of its amount are turned over (T.81, F.1.2.1).
            var amount = (int)(_window >> (64 - size));
            difference = amount >> (size - 1) == 0 ? amount - (1 << size) + 1 : amount;
            Drop(size);
        }

        return TrySkipOthers(others);
    }

    private bool TrySkipOthers(HuffmanCode code)
    {
        var skips = code.Skips;
        var (window, left, place) = (_window, _left, 1);
        while (place < BlockLength)
        {
            if (left < 32)
            {
                window |= Next() >> left;
                left += 32;
            }

            var skip = skips[(int)(window >> (64 - HuffmanCode.LookedUpBits))];
            if (skip == 0 || place + HuffmanCode.PlacesBeforeLast(skip) >= BlockLength)
            {
                var (length, symbol) = code.Find(window);
                if (length == 0)
                {
                    return false;
                }

                skip = HuffmanCode.Skip(length, symbol);
            }

            window <<= HuffmanCode.BitsOf(skip);
            left -= HuffmanCode.BitsOf(skip);
            place += HuffmanCode.PlacesOf(skip);
        }

        (_window, _left) = (window, left);
        return place is BlockLength or > HuffmanCode.EndOfBlock;
    }

    private void Drop(int bits)
    {
        _window <<= bits;
        _left -= bits;
    }

    /// <summary>The next 32 bits at the top of 64; behind the end there are zeros.</summary>
    private ulong Next()
    {
        var at = _position;
        _position += sizeof(uint);
        if (at <= _data.Length - sizeof(uint))
        {
            return (ulong)BinaryPrimitives.ReadUInt32BigEndian(_data[at..]) << 32;
        }

        var next = 0UL;
        for (var i = 0; i < sizeof(uint); i++)
        {
            next = (next << 8) | (at + i < _data.Length ? _data[at + i] : (byte)0);
        }

        return next << 32;
    }
}
