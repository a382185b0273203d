using System.Buffers;

namespace ImageSearch.Collections;

/// <summary>SHA-256 digests, written as 64 hexadecimal digits and stored as 32 bytes.</summary>
internal static class ContentHash
{
    private const int Bytes = 32;

    public static bool TryParse(string hexadecimal, out byte[] hash)
    {
        hash = new byte[Bytes];
        return hexadecimal.Length == Bytes * 2
            && Convert.FromHexString(hexadecimal, hash, out _, out _) == OperationStatus.Done;
    }
}
