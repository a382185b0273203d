using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace ImageSearch.Collections.Vectors;

/// <summary>
/// <c>vectors.NNN.f32</c>: rows one after another, nothing else. Written through the file, read through a map of it. The file
/// doubles as rows come, so a small store stays small, and every map made on the way stays until the segment is disposed, so
/// that a pointer once handed out stays good.
/// </summary>
internal sealed class VectorSegment : IDisposable
{
    private const int LeastRows = 64;

    private readonly SafeFileHandle _file;
    private readonly long _rowBytes;
    private readonly int _capacity;
    private readonly List<IDisposable> _maps = [];
    private long _mappedRows;

    private VectorSegment(SafeFileHandle file, int dimension, int capacity)
    {
        _file = file;
        _rowBytes = (long)dimension * sizeof(float);
        _capacity = capacity;
    }

    /// <summary>Where the first mapped row begins; zero before <see cref="Map"/>.</summary>
    public nint Address { get; private set; }

    /// <summary>The file's name inside the store's folder.</summary>
    public static string FileName(int number) => $"vectors.{number:D3}.f32";

    /// <summary>Opens a segment of at most <paramref name="capacity"/> rows; the writer's file is made when it is not there.</summary>
    public static VectorSegment Open(string folder, int number, int dimension, int capacity, VectorStoreAccess access)
    {
        string path = Path.Combine(folder, FileName(number));
        SafeFileHandle file = access == VectorStoreAccess.Write
            ? File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete)
            : File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return new VectorSegment(file, dimension, capacity);
    }

    /// <summary>Rows that the file has room for.</summary>
    public long Rows => RandomAccess.GetLength(_file) / _rowBytes;

    /// <summary>Writes rows at a place inside the segment; they are on the disk when the call returns.</summary>
    public void Write(int firstRow, ReadOnlySpan<byte> rows)
    {
        long needed = firstRow + (rows.Length / _rowBytes);
        if (needed > Rows)
        {
            long grown = Math.Max(LeastRows, (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)needed));
            RandomAccess.SetLength(_file, Math.Min(grown, _capacity) * _rowBytes);
        }

        RandomAccess.Write(_file, rows, firstRow * _rowBytes);
        RandomAccess.FlushToDisk(_file);
    }

    /// <summary>Makes sure that the first <paramref name="rows"/> rows can be read at <see cref="Address"/>.</summary>
    /// <returns>False when the file is shorter than that.</returns>
    public unsafe bool Map(int rows)
    {
        if (rows <= _mappedRows)
        {
            return true;
        }

        long length = Rows;
        if (rows > length)
        {
            return false;
        }

        var map = MemoryMappedFile.CreateFromFile(_file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _maps.Add(map);
        MemoryMappedViewAccessor view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _maps.Add(view);
        byte* address = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref address);
        Address = (nint)(address + view.PointerOffset);
        _mappedRows = length;
        return true;
    }

    public void Dispose()
    {
        foreach (IDisposable map in Enumerable.Reverse(_maps))
        {
            if (map is MemoryMappedViewAccessor view)
            {
                view.SafeMemoryMappedViewHandle.ReleasePointer();
            }

            map.Dispose();
        }

        _file.Dispose();
    }
}
