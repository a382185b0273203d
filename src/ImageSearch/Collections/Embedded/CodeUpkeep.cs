using ImageSearch.Collections.Vectors;

namespace ImageSearch.Collections.Embedded;

/// <summary>
/// Keeps the codes of the writer's vectors up to date in the background: writes never wait for the seconds that learning takes.
/// One caller at a time.
/// </summary>
internal sealed class CodeUpkeep : IDisposable
{
    private CancellationTokenSource _stopping = new();
    private Task _work = Task.CompletedTask;

    /// <summary>Starts when the vectors have grown enough and nothing is under way.</summary>
    public void StartIfDue(VectorStore vectors)
    {
        if (_work.IsCompleted && vectors.NeedsOptimising)
        {
            var stopping = _stopping.Token;
            _work = Task.Run(() => Optimise(vectors, stopping), CancellationToken.None);
        }
    }

    /// <summary>Breaks off what is under way; the next writer starts it again.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _work;
        _stopping.Dispose();
        _stopping = new CancellationTokenSource();
    }

    public void Dispose() => _stopping.Dispose();

    private static void Optimise(VectorStore vectors, CancellationToken stopping)
    {
        try
        {
            vectors.Optimise(stopping);
        }
        catch (OperationCanceledException)
        {
            // Stopped on purpose; the codes that were there still hold.
            return;
        }
        catch (CollectionException)
        {
            // Without new codes searches are slower and as right. What the disk refuses here it refuses the next write too, and that says so.
            return;
        }
    }
}
