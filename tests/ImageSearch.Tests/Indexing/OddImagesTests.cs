using ImageSearch.Imaging;
using ImageSearch.Indexing;
using ImageSearch.Testing;
using Xunit;
using Xunit.Abstractions;

namespace ImageSearch.Tests.Indexing;

public sealed class OddImagesTests(ITestOutputHelper output)
{
    private static readonly string[] Common = ["jpeg", "png", "gif", "webp"];

    [SharedDataFact("odd-images")]
    public async Task Every_odd_image_ends_as_indexed_or_refused_for_a_reason()
    {
        var root = SharedData.PathOf("odd-images");
        await using var folder = await IndexedFolder.OpenAsync(root);
        folder.Options = folder.Options with { BatchSize = 256 };
        var results = await folder.IndexAsync();

        var byPath = results.ToDictionary(result => result.Path);
        Assert.Equal(
            Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(root, path)).Order(StringComparer.Ordinal),
            byPath.Keys.Order(StringComparer.Ordinal));
        Assert.All(results, result => Assert.True(result is IndexResult.Indexed or IndexResult.Failed or IndexResult.Skipped));
        Assert.Equal(results.OfType<IndexResult.Indexed>().Count(), await folder.CountAsync());

        // What is skipped is no picture in any format that the house reads.
        var manifest = Manifest(root);
        var readable = results.OfType<IndexResult.Skipped>().Where(skipped => Common.Contains(manifest.GetValueOrDefault(skipped.Path).Magic));
        Assert.Empty(readable);

        var decodable = manifest.Where(entry => entry.Value.Verdict == "ok" && Common.Contains(entry.Value.Magic)).Select(entry => entry.Key).ToList();
        // How long decoding takes depends on how busy the machine is; that it ends is what counts here.
        var refused = decodable.Where(path => byPath[path] is not (IndexResult.Indexed or IndexResult.Failed { Reason: ImageRefusal.TimedOut })).ToList();
        output.WriteLine($"{results.Count} files: {results.OfType<IndexResult.Indexed>().Count()} indexed, {results.OfType<IndexResult.Failed>().Count()} refused, {results.OfType<IndexResult.Skipped>().Count()} skipped");
        foreach (var group in results.OfType<IndexResult.Failed>().GroupBy(failed => failed.Reason).OrderBy(group => group.Key))
        {
            output.WriteLine($"  {group.Key}: {group.Count()}");
        }

        output.WriteLine($"{decodable.Count - refused.Count} of {decodable.Count} that Pillow decodes (JPEG, PNG, GIF, WebP) are indexed; not:");
        refused.ForEach(path => output.WriteLine($"  {byPath[path]}"));
        Assert.True(refused.Count <= 0.03 * decodable.Count, $"{refused.Count} of {decodable.Count} decodable pictures are refused");
    }

    private static Dictionary<string, (string Magic, string Verdict)> Manifest(string root) => File.ReadLines(Path.Join(root, "MANIFEST.tsv"))
        .Skip(1).Select(line => line.Split('\t')).ToDictionary(fields => fields[0], fields => (fields[3], fields[4]));
}
