using ImageSearch.Collections;
using ImageSearch.Testing;
using ImageSearch.Testing.Children;
using Xunit;

namespace ImageSearch.Tests.Collections;

public sealed class EmbeddedCollectionCrashTests : IDisposable
{
    private const int Kills = 30;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_writer_killed_at_any_moment_leaves_every_acknowledged_write_and_no_half_one()
    {
        var random = new Random(1);
        var next = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            var acknowledged = await WriteUntilKilledAsync(next, random.Next(1, 25));

            // The step under way when the kill came may have been committed or not, but never in part.
            next = await StepsTakenAsync(acknowledged);
        }

        Assert.True(next > Kills);
    }

    // Starts a writer at a step, and kills it at some moment after a number of acknowledgements.
    private async Task<int> WriteUntilKilledAsync(int firstStep, int acknowledgements)
    {
        using var writer = ChildProgram.Start(CollectionChildren.Write, _folder.Path, $"{firstStep}");
        var acknowledged = firstStep;
        for (var i = 0; i < acknowledgements; i++)
        {
            var line = await writer.StandardOutput.ReadLineAsync();
            acknowledged = 1 + int.Parse(line ?? throw new InvalidOperationException("The writer ended by itself."));
        }

        writer.Kill();
        while (await writer.StandardOutput.ReadLineAsync() is { } line)
        {
            acknowledged = 1 + int.Parse(line);
        }

        await writer.WaitForExitAsync();
        return acknowledged;
    }

    private async Task<int> StepsTakenAsync(int acknowledged)
    {
        await using var collection = await EmbeddedCollection.OpenAsync(
            _folder.Path, CollectionSteps.Fingerprint, CollectionAccess.Read, TimeProvider.System, CancellationToken.None);
        var found = new SortedDictionary<string, int>(StringComparer.Ordinal);
        await foreach (var point in collection.ListAsync(ImageFilter.All, CancellationToken.None))
        {
            found.Add(point.Payload.Path, (int)point.Payload.Bytes);
        }

        var taken = CollectionSteps.After(acknowledged).SequenceEqual(found) ? acknowledged : acknowledged + 1;
        Assert.Equal(CollectionSteps.After(taken), found);
        await AssertSearchesAgreeAsync(collection, found);
        return taken;
    }

    private static async Task AssertSearchesAgreeAsync(EmbeddedCollection collection, SortedDictionary<string, int> expected)
    {
        Assert.Equal(expected.Count, await collection.CountAsync(ImageFilter.All, CancellationToken.None));
        foreach (var step in expected.Values.Distinct().Take(5))
        {
            var query = new CollectionQuery
            {
                Vector = CollectionSteps.PointAt("any", step).Vector,
                Words = ["dogs"],
                Filter = new ImageFilter([new ImageCondition.HasTag($"step {step}")]),
                Limit = 200,
            };
            var hits = await collection.SearchAsync(query, CancellationToken.None);
            var paths = expected.Where(pair => pair.Value == step).Select(pair => pair.Key);
            Assert.Equal(paths, hits.ByMeaning.Select(hit => hit.Point.Payload.Path).Order(StringComparer.Ordinal));
            Assert.Equal(paths, hits.ByWords.Select(hit => hit.Point.Payload.Path).Order(StringComparer.Ordinal));
            Assert.All(hits.ByMeaning, hit => Assert.Equal(1, hit.Score, 1e-4f));
        }
    }
}
