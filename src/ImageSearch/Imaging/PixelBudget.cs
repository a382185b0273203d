namespace ImageSearch.Imaging;

/// <summary>
/// A weighted semaphore over pixels in flight: bounds the memory of a program that decodes several pictures at once. First come,
/// first served, so that a large picture is not overtaken for ever; a picture above the whole budget goes alone.
/// </summary>
/// <param name="capacity">Pixels that may be in flight at once.</param>
internal sealed class PixelBudget(long capacity)
{
    // What a decoder that works in strips holds at once.
    private const int RowsInStrips = 512;

    private readonly object _gate = new();
    private readonly LinkedList<long> _waiting = [];
    private long _inFlight;

    internal long InFlight
    {
        get
        {
            lock (_gate)
            {
                return _inFlight;
            }
        }
    }

    /// <summary>Pixels that decoding <paramref name="info"/> holds at once.</summary>
    internal static long WeightOf(ImageInfo info)
    {
        var pixels = (long)info.Width * info.Height;
        return info.IsDecodedWhole ? pixels : Math.Min(pixels, (long)Math.Max(info.Width, info.Height) * RowsInStrips);
    }

    /// <summary>Waits until <paramref name="weight"/> pixels may be decoded; disposing the turn gives them back.</summary>
    internal Turn Enter(long weight, CancellationToken cancellationToken)
    {
        using var wake = cancellationToken.UnsafeRegister(static budget => ((PixelBudget)budget!).Wake(), this);
        lock (_gate)
        {
            var place = _waiting.AddLast(weight);
            try
            {
                while (_waiting.First != place || (_inFlight > 0 && _inFlight + weight > capacity))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Monitor.Wait(_gate);
                }

                _inFlight += weight;
                return new Turn(this, weight);
            }
            finally
            {
                _waiting.Remove(place);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    private void Leave(long weight)
    {
        lock (_gate)
        {
            _inFlight -= weight;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Pixels held until disposed.</summary>
    internal sealed class Turn(PixelBudget budget, long weight) : IDisposable
    {
        private int _isGivenBack;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGivenBack, 1) == 0)
            {
                budget.Leave(weight);
            }
        }
    }
}
