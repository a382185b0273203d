using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace ImageSearch.Collections.Vectors;

/// <summary>
/// A growing file that is written through its descriptor and read through maps of it. Every map stays until the file is
/// disposed, so that a pointer once handed out stays good.
/// </summary>
internal sealed class MappedFile(SafeFileHandle file) : IDisposable
{
    private readonly List<(MemoryMappedFile Map, MemoryMappedViewAccessor View)> _maps = [];
    private long _mapped;

    /// <summary>Where the mapped file begins; zero before <see cref="Map"/>.</summary>
    public nint Address { get; private set; }

    /// <summary>Bytes in the file.</summary>
    public long Length
    {
        get => RandomAccess.GetLength(file);
        set => RandomAccess.SetLength(file, value);
    }

    /// <summary>Opens a file for reading, or for writing, when it is made if it is not there.</summary>
    public static MappedFile Open(string path, VectorStoreAccess access) => new(access == VectorStoreAccess.Write
        ? File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete)
        : File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    /// <summary>Reads bytes; fewer at the end of the file.</summary>
    public int Read(Span<byte> bytes, long at) => RandomAccess.Read(file, bytes, at);

    /// <summary>Writes bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes, long at) => RandomAccess.Write(file, bytes, at);

    /// <summary>Returns when everything written is on the disk.</summary>
    public void Flush() => RandomAccess.FlushToDisk(file);

    /// <summary>Makes sure that the first <paramref name="bytes"/> bytes can be read at <see cref="Address"/>.</summary>
    /// <returns>False when the file is shorter than that.</returns>
    public unsafe bool Map(long bytes)
    {
        if (bytes <= _mapped)
        {
            return true;
        }

        long length = Length;
        if (bytes > length)
        {
            return false;
        }

        var map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        MemoryMappedViewAccessor view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _maps.Add((map, view));
        byte* address = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref address);
        (Address, _mapped) = ((nint)address, length);
        return true;
    }

    public void Dispose()
    {
        foreach ((MemoryMappedFile map, MemoryMappedViewAccessor view) in _maps)
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
            map.Dispose();
        }

        file.Dispose();
    }
}
