namespace ImageSearch.Collections.Vectors;

/// <summary>The codes of a store: which file holds them, and what searches see of it.</summary>
internal sealed class StoreCodes : IDisposable
{
    private readonly string _path;
    private readonly int _dimension;
    private readonly VectorStoreAccess _access;
    private readonly Lock _changing = new();
    private readonly List<CodeFile> _files = [];
    private CodedRows? _current;

    /// <summary>Opens the codes in a folder, when there are any.</summary>
    public StoreCodes(string folder, int dimension, VectorStoreAccess access)
    {
        (_path, _dimension, _access) = (Path.Combine(folder, CodeFile.FileName), dimension, access);
        Take(CodeFile.Open(_path, dimension, access));
    }

    /// <summary>The codes that searches use; null while there are none.</summary>
    public CodedRows? Current => Volatile.Read(ref _current);

    // The last file opened; earlier ones stay mapped for the searches that began before it came.
    private CodeFile? File => _current is null ? null : _files[^1];

    /// <summary>Whether <see cref="Optimise"/> would do something.</summary>
    public bool IsDue(int rows) => CodeBuilding.IsDue(rows, _dimension, File);

    /// <summary>Brings the codes up to date with the rows. Searches go on meanwhile.</summary>
    public void Optimise(VectorRows rows, CancellationToken cancellationToken)
    {
        lock (_changing)
        {
            if (IsDue(rows.Count))
            {
                Take(CodeBuilding.Build(_path, rows, File, cancellationToken));
            }
        }
    }

    /// <summary>Sees what the writing process has done to the codes.</summary>
    public void Refresh()
    {
        lock (_changing)
        {
            CodeFile? file = File;
            bool same = file?.Refresh(_path) ?? false;
            Take(same ? file : CodeFile.Open(_path, _dimension, _access));
        }
    }

    /// <summary>Forgets codes of rows from <paramref name="count"/> on, which are about to be dropped.</summary>
    public void Truncate(int count)
    {
        lock (_changing)
        {
            if (File is { } file && file.Header.CodedRows > count)
            {
                System.IO.File.Delete(_path);
                Take(null);
            }
        }
    }

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private void Take(CodeFile? file)
    {
        if (file is not null && !_files.Contains(file))
        {
            _files.Add(file);
        }

        Volatile.Write(ref _current, file?.View());
    }
}
