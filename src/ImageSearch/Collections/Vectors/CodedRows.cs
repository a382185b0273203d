namespace ImageSearch.Collections.Vectors;

/// <summary>The codes of a store's first rows at one moment. Immutable; good while the store is open.</summary>
/// <param name="model">What the codes mean.</param>
/// <param name="blocks">Where the first <see cref="CodeBlock"/> begins; the others follow it.</param>
/// <param name="count">Rows coded, a multiple of 64.</param>
internal sealed unsafe class CodedRows(CodeModel model, nint blocks, int count)
{
    private readonly int _blockBytes = CodeBlock.Bytes(model.Width);

    /// <summary>What the codes mean.</summary>
    public CodeModel Model => model;

    /// <summary>Rows coded.</summary>
    public int Count => count;

    /// <summary>Bytes of the codes.</summary>
    public long Bytes => (long)count / CodeBlock.Rows * _blockBytes;

    /// <summary>Has the codes brought into memory, which a search reads from end to end; returns when they are there.</summary>
    public void Fetch() => MemoryAdvice.Populate(blocks, Bytes);

    /// <summary>A block, 0…<see cref="Count"/> / 64 − 1.</summary>
    public byte* Block(int number) => (byte*)blocks + ((nint)number * _blockBytes);
}
