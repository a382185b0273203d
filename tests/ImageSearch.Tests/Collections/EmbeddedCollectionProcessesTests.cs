using ImageSearch.Collections;
using ImageSearch.Testing;
using ImageSearch.Testing.Children;
using Xunit;

namespace ImageSearch.Tests.Collections;

public sealed class EmbeddedCollectionProcessesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_writer_is_told_who_writes_and_may_write_when_that_one_has_ended()
    {
        using var holder = ChildProgram.Start(CollectionChildren.Hold, _folder.Path);
        Assert.Equal("open", await holder.StandardOutput.ReadLineAsync());

        var fault = await Assert.ThrowsAsync<CollectionException>(() => OpenAsync(CollectionAccess.Write));

        Assert.Equal(CollectionFault.Busy, fault.Fault);
        Assert.Matches($"process {holder.Id} on {Environment.MachineName} since [0-9-]+ [0-9:]+ UTC", fault.Message);
        holder.StandardInput.Close();
        await holder.WaitForExitAsync();
        await (await OpenAsync(CollectionAccess.Write)).DisposeAsync();
    }

    [Fact]
    public async Task A_killed_writer_holds_nothing_up()
    {
        using var holder = ChildProgram.Start(CollectionChildren.Hold, _folder.Path);
        Assert.Equal("open", await holder.StandardOutput.ReadLineAsync());
        holder.Kill();
        await holder.WaitForExitAsync();

        await using var collection = await OpenAsync(CollectionAccess.Write);

        await CollectionSteps.TakeAsync(collection, 0);
    }

    [Fact]
    public async Task A_second_writer_in_the_same_process_is_refused_too()
    {
        await using var first = await OpenAsync(CollectionAccess.Write);

        var fault = await Assert.ThrowsAsync<CollectionException>(() => OpenAsync(CollectionAccess.Write));

        Assert.Contains($"process {Environment.ProcessId} ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_sees_what_another_process_writes_deletes_and_compacts()
    {
        await (await OpenAsync(CollectionAccess.Write)).DisposeAsync();
        await using var reader = await OpenAsync(CollectionAccess.Read);
        using var writer = ChildProgram.Start(CollectionChildren.Write, _folder.Path, "0");
        try
        {
            for (var read = 0; read < 60; read++)
            {
                var acknowledged = 1 + int.Parse(await writer.StandardOutput.ReadLineAsync() ?? "");
                var hits = await reader.SearchAsync(Everything, default);

                // The writer is further by now: the hits show one moment of it, after the last upsert that they know.
                var found = ByPath(hits.ByMeaning);
                var end = found.Values.Max() + 1;
                Assert.True(end + 2 >= acknowledged, $"Step {acknowledged} was acknowledged, the reader is at {end}.");
                Assert.Contains(Enumerable.Range(end, 3), step => CollectionSteps.After(step).SequenceEqual(found));
                Assert.All(hits.ByMeaning, hit => Assert.Equal(CosineToQuery(hit.Point), hit.Score, 1e-4f));
                Assert.Equal(hits.ByMeaning.Select(hit => hit.Point.Id).Order(), hits.ByWords.Select(hit => hit.Point.Id).Order());
            }

            Assert.True((await reader.InfoAsync(default)).Generation > 1);
        }
        finally
        {
            writer.Kill();
            await writer.WaitForExitAsync();
        }
    }

    private static CollectionQuery Everything { get; } = new() { Vector = CollectionSteps.PointAt("any", 1).Vector, Words = ["dog"], Limit = 1000 };

    private static float CosineToQuery(ImagePoint point) => System.Numerics.Tensors.TensorPrimitives.Dot(
        Everything.Vector!.Value.Span,
        CollectionSteps.PointAt(point.Payload.Path, (int)point.Payload.Bytes).Vector.Span);

    private static SortedDictionary<string, int> ByPath(IReadOnlyList<ScoredPoint> hits) =>
        new(hits.ToDictionary(hit => hit.Point.Payload.Path, hit => (int)hit.Point.Payload.Bytes), StringComparer.Ordinal);

    private Task<EmbeddedCollection> OpenAsync(CollectionAccess access) =>
        EmbeddedCollection.OpenAsync(_folder.Path, CollectionSteps.Fingerprint, access, TimeProvider.System, CancellationToken.None);
}
