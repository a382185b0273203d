using ImageSearch.Collections;

namespace ImageSearch.Cli.Diagnosis;

/// <summary>Writes, reads and searches one point in a collection that is made for it and deleted again.</summary>
internal sealed class TrialPoint(ImageSearchHome home, TimeProvider time)
{
    private const string Subject = "write, read, search";
    private const string Library = "doctor";
    private const string Picture = "trial.png";

    /// <summary>Tries it beside the collections, on the disk that they lie on.</summary>
    public async Task<Check> TryAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(home.Folder, $".doctor-{Environment.ProcessId}");
        try
        {
            await using (var collection = await EmbeddedCollection.OpenAsync(folder, home.Fingerprint, CollectionAccess.Write, time, cancellationToken))
            {
                var point = Point();
                await collection.UpsertAsync([point], cancellationToken);
                var read = await collection.GetAsync([point.Id], VectorInclusion.With, cancellationToken);
                var found = await collection.SearchAsync(new CollectionQuery { Vector = point.Vector, Words = ["trial"], Limit = 1 }, cancellationToken);
                var isWhole = read is [{ Payload.Path: Picture }] && found is { ByMeaning: [_], ByWords: [_] };
                return isWhole
                    ? new Check(Subject, "one point, in a collection of its own")
                    : new Check(Subject, "what was written was not found again", "Check the disk; if it is sound, report this.");
            }
        }
        catch (CollectionException exception)
        {
            return new Check(Subject, "failed", exception.Message);
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private ImagePoint Point()
    {
        var vector = new float[home.Fingerprint.Dimension];
        vector[0] = 1;
        return new ImagePoint(PointId.Of(Library, Picture), vector, new ImagePayload
        {
            Library = Library,
            Path = Picture,
            Sha256 = new string('0', 64),
            Bytes = 1,
            Modified = time.GetUtcNow(),
            Width = 1,
            Height = 1,
            Format = "png",
            Words = "trial",
            Model = home.Fingerprint.Model,
            IndexedAt = time.GetUtcNow(),
        });
    }
}
