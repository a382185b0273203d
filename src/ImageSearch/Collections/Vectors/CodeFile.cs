using System.Runtime.InteropServices;

namespace ImageSearch.Collections.Vectors;

/// <summary>
/// <c>codes.bin</c>: a header page, the model, and one <see cref="CodeBlock"/> after another. Everything in it follows from the
/// rows, so a file that is missing, torn or of another version is simply made again. A new model comes as a new file under the
/// same name; under one model blocks are only added, and count once the header says so.
/// </summary>
internal sealed class CodeFile : IDisposable
{
    /// <summary>The file's name inside the store's folder.</summary>
    public const string FileName = "codes.bin";

    private const int PageSize = 4096;
    private const int GrowthBytes = 1 << 16;

    private readonly MappedFile _file;
    private readonly long _blocksAt;

    private CodeFile(MappedFile file, CodeHeader header, CodeModel model)
    {
        (_file, Header, Model) = (file, header, model);
        _blocksAt = PageSize + ModelBytes(header.Dimension, header.Width);
    }

    /// <summary>What the codes mean.</summary>
    public CodeModel Model { get; }

    /// <summary>What the header says.</summary>
    public CodeHeader Header { get; private set; }

    /// <summary>Makes a file without blocks for a new model.</summary>
    public static CodeFile Create(string path, CodeModel model)
    {
        int dimension = model.Mean.Length;
        var stored = new byte[ModelBytes(dimension, model.Width)];
        Span<float> numbers = MemoryMarshal.Cast<byte, float>(stored.AsSpan());
        model.Mean.CopyTo(numbers);
        model.Projection.CopyTo(numbers[dimension..]);
        model.Errors.CopyTo(numbers[(dimension * (1 + model.Width))..]);
        var header = new CodeHeader(dimension, model.Width, Checksum.Of(stored), model.TrainedRows, model.CapturedShare, 0, 0, 0, 0);
        File.Delete(path);
        var file = new CodeFile(MappedFile.Open(path, VectorStoreAccess.Write), header, model);
        file._file.Write(stored, PageSize);
        return file;
    }

    /// <summary>Opens a file; null when it is missing, torn, of another version or of another dimension.</summary>
    public static CodeFile? Open(string path, int dimension, VectorStoreAccess access)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        MappedFile file = MappedFile.Open(path, access);
        if (ReadHeader(file) is { } header && header.Dimension == dimension && ReadModel(file, header) is { } model)
        {
            var opened = new CodeFile(file, header, model);
            if (file.Map(opened.End(header.CodedRows)))
            {
                return opened;
            }
        }

        file.Dispose();
        return null;
    }

    /// <summary>The codes as they are now; null when there are none.</summary>
    public CodedRows? View() =>
        Header.CodedRows > 0 && _file.Map(End(Header.CodedRows)) ? new CodedRows(Model, _file.Address + (nint)_blocksAt, Header.CodedRows) : null;

    /// <summary>Adds blocks; they count after <see cref="Commit"/>.</summary>
    /// <param name="blocks">Whole blocks.</param>
    /// <param name="capturedShare">Mean share that the subspace captures of their rows.</param>
    public void Append(ReadOnlySpan<byte> blocks, float capturedShare)
    {
        int blockBytes = CodeBlock.Bytes(Header.Width);
        long end = End(Header.CodedRows);
        long needed = end + blocks.Length;
        if (needed > _file.Length)
        {
            // Room for what follows, so that the file is not mapped again for every batch.
            _file.Length = needed + Math.Max(GrowthBytes, (needed - _blocksAt) / 8);
        }

        _file.Write(blocks, end);
        uint checksum = Header.BlocksChecksum;
        for (int at = 0; at < blocks.Length; at += blockBytes)
        {
            checksum = Checksum.Join(checksum, Checksum.Of(blocks.Slice(at, blockBytes)));
        }

        int rows = blocks.Length / blockBytes * CodeBlock.Rows;
        int laterRows = Math.Max(0, Header.CodedRows + rows - Header.TrainedRows);
        Header = Header with
        {
            CodedRows = Header.CodedRows + rows,
            LaterRows = laterRows,
            LaterShare = laterRows == 0 ? 0 : Header.LaterShare + ((capturedShare - Header.LaterShare) * Math.Min(1, rows / (float)laterRows)),
            BlocksChecksum = checksum,
        };
    }

    /// <summary>Makes what was added count; it is on the disk when the call returns.</summary>
    public void Commit()
    {
        _file.Flush();
        Span<byte> header = stackalloc byte[CodeHeader.Size];
        Header.Write(header);
        _file.Write(header, 0);
        _file.Flush();
    }

    /// <summary>Reads the blocks through and compares them with their checksum.</summary>
    public unsafe bool IsWhole()
    {
        uint checksum = 0;
        if (View() is { } codes)
        {
            int blockBytes = CodeBlock.Bytes(Header.Width);
            for (int block = 0; block < codes.Count / CodeBlock.Rows; block++)
            {
                checksum = Checksum.Join(checksum, Checksum.Of(new ReadOnlySpan<byte>(codes.Block(block), blockBytes)));
            }
        }

        return checksum == Header.BlocksChecksum;
    }

    /// <summary>Sees what the writing process has added; false when the file at the path is no longer this one.</summary>
    public bool Refresh(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using MappedFile now = MappedFile.Open(path, VectorStoreAccess.Read);
        if (ReadHeader(now) is not { } header)
        {
            // The writer is writing the header at this moment; the codes seen so far stay right.
            return true;
        }

        bool same = header.ModelChecksum == Header.ModelChecksum && header.CodedRows >= Header.CodedRows;
        Header = same ? header : Header;
        return same;
    }

    public void Dispose() => _file.Dispose();

    private static CodeHeader? ReadHeader(MappedFile file)
    {
        Span<byte> bytes = stackalloc byte[CodeHeader.Size];
        return CodeHeader.Read(bytes[..file.Read(bytes, 0)]);
    }

    private static CodeModel? ReadModel(MappedFile file, CodeHeader header)
    {
        var stored = new byte[ModelBytes(header.Dimension, header.Width)];
        if (file.Read(stored, PageSize) != stored.Length || Checksum.Of(stored) != header.ModelChecksum)
        {
            return null;
        }

        ReadOnlySpan<float> numbers = MemoryMarshal.Cast<byte, float>(stored);
        int projection = header.Dimension * header.Width;
        return new CodeModel(
            [.. numbers[..header.Dimension]],
            [.. numbers.Slice(header.Dimension, projection)],
            header.TrainedRows,
            header.CapturedShare,
            [.. numbers.Slice(header.Dimension + projection, CodeModel.ErrorRows * header.Dimension)]);
    }

    private static int ModelBytes(int dimension, int width)
    {
        int bytes = (1 + width + CodeModel.ErrorRows) * dimension * sizeof(float);
        return (bytes + PageSize - 1) / PageSize * PageSize;
    }

    private long End(int rows) => _blocksAt + ((long)rows / CodeBlock.Rows * CodeBlock.Bytes(Header.Width));
}
