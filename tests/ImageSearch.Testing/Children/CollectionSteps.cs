using ImageSearch.Collections;
using ImageSearch.Testing.Conformance;

namespace ImageSearch.Testing.Children;

/// <summary>An endless series of writes, each known by its number alone, so that what a collection must hold after any of them can be told.</summary>
public static class CollectionSteps
{
    private const int Paths = 150;

    public static CollectionFingerprint Fingerprint { get; } = new("steps", 32, "1");

    /// <summary>Takes a step: mostly an upsert, sometimes a deletion or a compaction.</summary>
    public static async Task TakeAsync(IImageCollection collection, int step)
    {
        switch (step % 9)
        {
            case 4:
                await collection.DeleteAsync([.. Touched(step).Select(path => PointId.Of("photos", path))], CancellationToken.None);
                break;
            case 8:
                await collection.CompactAsync(CancellationToken.None);
                break;
            default:
                await collection.UpsertAsync([.. Touched(step).Select(path => PointAt(path, step))], CancellationToken.None);
                break;
        }
    }

    /// <summary>The step that wrote each path last, after all steps before <paramref name="end"/>.</summary>
    public static SortedDictionary<string, int> After(int end)
    {
        var written = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var step = 0; step < end; step++)
        {
            foreach (var path in step % 9 == 8 ? [] : Touched(step))
            {
                if (step % 9 == 4)
                {
                    written.Remove(path);
                }
                else
                {
                    written[path] = step;
                }
            }
        }

        return written;
    }

    /// <summary>The point that a step writes to a path.</summary>
    public static ImagePoint PointAt(string path, int step) => SamplePictures.At(
        path,
        SamplePictures.Vector(Fingerprint.Dimension, new Random(step)),
        payload => payload with { Bytes = step, Tags = [$"step {step}"], Words = $"dog written by {step}" });

    private static IEnumerable<string> Touched(int step)
    {
        var random = new Random(step);
        return Enumerable.Range(0, random.Next(1, 40)).Select(_ => $"{random.Next(Paths):D3}.jpg");
    }
}
