namespace ImageSearch.Collections.Embedded;

/// <summary>The names in a collection's folder.</summary>
internal sealed record CollectionFiles(string Folder)
{
    private const string DatabaseName = "collection.db";
    private const string VectorsPrefix = "vectors-";

    public string Database => Path.Combine(Folder, DatabaseName);

    public string Lock => Path.Combine(Folder, "writer.lock");

    /// <summary>Who holds the lock; apart from it, because nobody else can open a locked file.</summary>
    public string Holder => Path.Combine(Folder, "writer.txt");

    public static bool Holds(string folder) => File.Exists(Path.Combine(folder, DatabaseName));

    public string Vectors(int generation) => Path.Combine(Folder, $"{VectorsPrefix}{generation:D6}");

    /// <summary>Deletes the vectors of other generations: what a compaction, whole or broken off, left behind.</summary>
    public void DeleteVectorsExcept(int generation)
    {
        foreach (var folder in Directory.EnumerateDirectories(Folder, VectorsPrefix + "*"))
        {
            if (folder != Vectors(generation))
            {
                DeleteVectors(folder);
            }
        }
    }

    /// <summary>Bytes of all files.</summary>
    public long Bytes() => new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    private static void DeleteVectors(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // Where open files cannot be deleted (Windows), a reader may still hold it; the next writer tries again.
            return;
        }
    }
}
