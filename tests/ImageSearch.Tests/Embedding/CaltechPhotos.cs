using ImageSearch.Embedding;
using ImageSearch.Imaging;
using ImageSearch.Testing;

namespace ImageSearch.Tests.Embedding;

/// <summary>1,212 photographs, 12 of each of 101 classes; a photograph's folder is its class.</summary>
internal static class CaltechPhotos
{
    public static string Folder => SharedData.PathOf("photos", "caltech101");

    /// <summary>All files, ordered by path.</summary>
    public static IReadOnlyList<string> Files { get; } =
        SharedData.Folder is null ? [] : [.. Directory.GetFiles(Folder, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>The offline vectors of all files, by looks alone; made once.</summary>
    public static Lazy<Task<IReadOnlyList<ReadOnlyMemory<float>>>> Vectors { get; } = new(EmbedAsync);

    public static string ClassOf(string file) => Path.GetFileName(Path.GetDirectoryName(file)!);

    private static async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync()
    {
        using var offline = new OfflineEmbeddingGenerator(ImageLimits.Default);
        var embeddings = await offline.GenerateAsync(Files.Select(file => EmbeddingInput.Picture(File.ReadAllBytes(file), "image/jpeg")));
        return [.. embeddings.Select(embedding => embedding.Vector)];
    }
}
