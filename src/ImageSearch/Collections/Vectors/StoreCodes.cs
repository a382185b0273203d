namespace ImageSearch.Collections.Vectors;

/// <summary>The codes of a store: which file holds them, and what searches see of it.</summary>
internal sealed class StoreCodes : IDisposable
{
    private readonly string _path;
    private readonly int _dimension;
    private readonly VectorStoreAccess _access;
    private readonly Lock _changing = new();

    // Earlier files stay mapped for the searches that began before the last one came.
    private readonly List<CodeFile> _opened = [];
    private CodeFile? _file;
    private CodedRows? _current;

    /// <summary>Opens the codes in a folder, when there are any.</summary>
    public StoreCodes(string folder, int dimension, VectorStoreAccess access)
    {
        (_path, _dimension, _access) = (Path.Combine(folder, CodeFile.FileName), dimension, access);
        Take(CodeFile.Open(_path, dimension, access));
    }

    /// <summary>The codes that searches use; null while there are none.</summary>
    public CodedRows? Current => Volatile.Read(ref _current);

    /// <summary>Whether <see cref="Optimise"/> would do something; false while it is at work.</summary>
    public bool IsDue(int rows)
    {
        if (!_changing.TryEnter())
        {
            return false;
        }

        try
        {
            return CodeBuilding.IsDue(rows, _dimension, _file);
        }
        finally
        {
            _changing.Exit();
        }
    }

    /// <summary>Brings the codes up to date with the rows. Searches go on meanwhile.</summary>
    public void Optimise(VectorRows rows, CancellationToken cancellationToken)
    {
        lock (_changing)
        {
            if (CodeBuilding.IsDue(rows.Count, _dimension, _file))
            {
                Take(CodeBuilding.Build(_path, rows, _file, cancellationToken));
            }
        }
    }

    /// <summary>Sees what the writing process has done to the codes.</summary>
    public void Refresh()
    {
        lock (_changing)
        {
            bool same = _file?.Refresh(_path) ?? false;
            Take(same ? _file : CodeFile.Open(_path, _dimension, _access));
        }
    }

    public void Dispose() => _opened.ForEach(file => file.Dispose());

    // Beside whatever comes first: opening the rows, compiling the loops of the search, and the search itself, which takes what is there.
    // A writer may never search, and has what it wrote in memory. Nobody waits: it is advice, which the system passes over when the map has gone.
    private void Fetch(CodedRows? codes)
    {
        if (codes is not null && _access == VectorStoreAccess.Read)
        {
            _ = Task.Run(codes.Fetch);
        }
    }

    private void Take(CodeFile? file)
    {
        CodedRows? codes = file?.View();
        if (file is not null && file != _file)
        {
            _opened.Add(file);
            Fetch(codes);
        }

        _file = file;
        Volatile.Write(ref _current, codes);
    }
}
