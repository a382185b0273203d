using System.Numerics;
using System.Runtime.InteropServices;

namespace ImageSearch.Collections.Vectors;

/// <summary>
/// Checksums of what is stored. Four CRC-32C registers take the 64-bit words in turn and a last one takes the four and the
/// remaining bytes: the instruction waits three cycles for its own result, so four chains run about three times as fast as one.
/// </summary>
internal static class Checksum
{
    /// <summary>The checksum of two checksums, in this order.</summary>
    public static uint Join(uint first, uint second) => ~BitOperations.Crc32C(BitOperations.Crc32C(~0u, first), second);

    /// <summary>The checksum of the bytes, in their stored (little-endian) order.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        uint first = ~0u;
        uint second = ~0u;
        uint third = ~0u;
        uint fourth = ~0u;
        int taken = 0;
        for (; taken + 4 <= words.Length; taken += 4)
        {
            first = BitOperations.Crc32C(first, words[taken]);
            second = BitOperations.Crc32C(second, words[taken + 1]);
            third = BitOperations.Crc32C(third, words[taken + 2]);
            fourth = BitOperations.Crc32C(fourth, words[taken + 3]);
        }

        uint whole = BitOperations.Crc32C(~0u, first);
        whole = BitOperations.Crc32C(whole, second);
        whole = BitOperations.Crc32C(whole, third);
        whole = BitOperations.Crc32C(whole, fourth);
        foreach (byte rest in bytes[(taken * sizeof(ulong))..])
        {
            whole = BitOperations.Crc32C(whole, rest);
        }

        return ~whole;
    }
}
