using System.Security.Cryptography;
using ImageSearch.Collections;
using ImageSearch.Indexing;
using Xunit;

namespace ImageSearch.Testing;

/// <summary>
/// What must hold after every run that reached its end, whatever happened before it. The tree must have quietened and hold
/// ordinary files only.
/// </summary>
public static class IndexInvariants
{
    /// <summary>Checks the collection and the ledger against the files on disk.</summary>
    public static async Task CheckAsync(LibraryRoot library, IImageCollection collection, LedgerStatus status)
    {
        var files = Directory.EnumerateFiles(library.Root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(library.Root, path)).ToHashSet();
        var points = await PointsAsync(library, collection);
        var failed = status.Failed.Select(file => file.Path).ToHashSet();

        // I1: each file is in the collection once or in the failure list, or was skipped.
        Assert.Empty(points.Keys.Intersect(failed));
        Assert.Equal(files.Count, points.Count + failed.Count + status.Skipped.Sum(skipped => skipped.Value));
        Assert.Equal(0, status.Pending);

        // I2: no point and no failure without a file.
        Assert.Subset(files, points.Keys.ToHashSet());
        Assert.Subset(files, failed);

        // I3 and I4: points are whole, describe the bytes on disk, and are those that the ledger says are done.
        Assert.Equal(points.Count, status.Indexed);
        foreach (var (path, point) in points)
        {
            CheckPoint(Path.Join(library.Root, path), point, collection.Fingerprint);
        }
    }

    private static async Task<Dictionary<string, ImagePoint>> PointsAsync(LibraryRoot library, IImageCollection collection)
    {
        var points = new Dictionary<string, ImagePoint>();
        await foreach (var listed in collection.ListAsync(new ImageFilter([new ImageCondition.InLibrary(library.Name)]), CancellationToken.None))
        {
            Assert.Equal(PointId.Of(library.Name, listed.Payload.Path), listed.Id);
            points.Add(listed.Payload.Path, listed);
        }

        foreach (var batch in points.Values.Select(point => point.Id).Chunk(500).ToList())
        {
            foreach (var whole in await collection.GetAsync(batch, VectorInclusion.With, CancellationToken.None))
            {
                points[whole.Payload.Path] = whole;
            }
        }

        return points;
    }

    private static void CheckPoint(string file, ImagePoint point, CollectionFingerprint fingerprint)
    {
        Assert.Equal(fingerprint.Dimension, point.Vector.Length);
        var length = Math.Sqrt(point.Vector.ToArray().Sum(value => (double)value * value));
        Assert.InRange(length, 1 - 1e-3, 1 + 1e-3);
        var bytes = File.ReadAllBytes(file);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), point.Payload.Sha256);
        Assert.Equal(bytes.Length, point.Payload.Bytes);
        Assert.Equal(fingerprint.Model, point.Payload.Model);
        Assert.Equal(File.GetLastWriteTimeUtc(file), point.Payload.Modified.UtcDateTime);
        Assert.True(point.Payload is { Width: > 0, Height: > 0, Format.Length: > 0 });
    }
}
