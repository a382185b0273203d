using System.Diagnostics.CodeAnalysis;

namespace ImageSearch.Imaging.Jpeg;

/// <summary>One Huffman code of a JPEG (ITU-T T.81, annex C), as tables that are looked up by the next bits.</summary>
internal sealed class HuffmanCode
{
    /// <summary>Bits that are looked up at once; longer codes are rare.</summary>
    internal const int LookedUpBits = 12;

    /// <summary>What an end-of-block adds to the place in the block: with it, every place is beyond the block.</summary>
    internal const int EndOfBlock = 128;

    private const int LongestCode = 16;
    private const int LengthBits = 6;
    private const int PlacesBits = 8;

    // So many bits are at hand when an entry is looked up.
    private const int MostSkippedBits = 32;

    private readonly byte[] _symbols;

    // For each length: the first code that is longer, at the top of 16 bits, and what leads from a code to the place of its symbol.
    private readonly int[] _ends = new int[LongestCode + 1];
    private readonly int[] _offsets = new int[LongestCode + 1];

    // For each run of 12 bits that begins with a whole code: its length and symbol.
    private readonly ushort[] _codes = new ushort[1 << LookedUpBits];
    private int[]? _skips;

    private HuffmanCode(ReadOnlySpan<byte> counts, byte[] symbols)
    {
        _symbols = symbols;
        var (code, place) = (0, 0);
        for (var length = 1; length <= LongestCode; length++)
        {
            _offsets[length] = place - code;
            for (var i = 0; i < counts[length - 1]; i++)
            {
                Enter(code++, length, symbols[place++]);
            }

            _ends[length] = code << (LongestCode - length);
            code <<= 1;
        }
    }

    /// <summary>Looked up by the next 12 bits: what it takes to skip all coefficients whose codes lie in them; 0 where the first code is longer.</summary>
    internal ReadOnlySpan<int> Skips => _skips ??= MakeSkips();

    /// <summary>Reads a code from its definition: for each length of 1 to 16 bits the number of codes, then the symbols.</summary>
    /// <returns>False when there are more codes than bits can tell apart, or symbols are missing.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> definition, out int length, [NotNullWhen(true)] out HuffmanCode? code)
    {
        (length, code) = (LongestCode, null);
        if (definition.Length < LongestCode)
        {
            return false;
        }

        var free = 1;
        foreach (var count in definition[..LongestCode])
        {
            free = (free * 2) - count;
            length += count;
            if (free < 0)
            {
                return false;
            }
        }

        if (length > definition.Length || length > LongestCode + 256)
        {
            return false;
        }

        code = new HuffmanCode(definition[..LongestCode], definition[LongestCode..length].ToArray());
        return true;
    }

    /// <summary>What it takes to skip one coefficient: the bits of its code and its own, and how many places that goes on in the block.</summary>
    internal static int Skip(int codeLength, byte symbol)
    {
        var (run, size) = (symbol >> 4, symbol & 15);
        return (codeLength + size) | ((size > 0 || run == 15 ? run + 1 : EndOfBlock) << LengthBits);
    }

    /// <summary>Bits that are skipped.</summary>
    internal static int BitsOf(int skip) => skip & ((1 << LengthBits) - 1);

    /// <summary>How many places skipping goes on.</summary>
    internal static int PlacesOf(int skip) => (skip >> LengthBits) & ((1 << PlacesBits) - 1);

    /// <summary>How many places it goes on before the last coefficient: that still belongs to the block, or the skip must not be used.</summary>
    internal static int PlacesBeforeLast(int skip) => skip >> (LengthBits + PlacesBits);

    /// <summary>The code that the bits begin with.</summary>
    /// <param name="window">The next 64 bits.</param>
    /// <returns>Its length and symbol; the length 0 when there is no such code.</returns>
    internal (int Length, byte Symbol) Find(ulong window)
    {
        var known = _codes[window >> (64 - LookedUpBits)];
        if (known != 0)
        {
            return (known >> 8, (byte)known);
        }

        var bits = (int)(window >> (64 - LongestCode));
        for (var length = LookedUpBits + 1; length <= LongestCode; length++)
        {
            if (bits < _ends[length])
            {
                var place = (bits >> (LongestCode - length)) + _offsets[length];
                return place >= 0 && place < _symbols.Length ? (length, _symbols[place]) : default;
            }
        }

        return default;
    }

    private int[] MakeSkips()
    {
        var skips = new int[1 << LookedUpBits];
        for (var bits = 0; bits < skips.Length; bits++)
        {
            skips[bits] = SkipAll(bits);
        }

        return skips;
    }

    private int SkipAll(int bits)
    {
        var (skipped, places, before) = (0, 0, 0);
        while (places < EndOfBlock && skipped < LookedUpBits)
        {
            var known = _codes[(bits << skipped) & ((1 << LookedUpBits) - 1)];
            var skip = Skip(known >> 8, (byte)known);
            if (known == 0 || skipped + (known >> 8) > LookedUpBits || skipped + BitsOf(skip) > MostSkippedBits)
            {
                break;
            }

            (skipped, places, before) = (skipped + BitsOf(skip), places + PlacesOf(skip), places);
        }

        return skipped | (places << LengthBits) | (before << (LengthBits + PlacesBits));
    }

    private void Enter(int code, int length, byte symbol)
    {
        if (length <= LookedUpBits)
        {
            _codes.AsSpan(code << (LookedUpBits - length), 1 << (LookedUpBits - length)).Fill((ushort)((length << 8) | symbol));
        }
    }
}
