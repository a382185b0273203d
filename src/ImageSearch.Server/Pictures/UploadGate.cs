namespace ImageSearch.Server.Pictures;

/// <summary>Lets so many pictures come in at once that their bytes fit into memory; who comes beyond is sent away.</summary>
internal sealed class UploadGate
{
    private const int MostAtOnce = 4;

    private int _inside;

    /// <summary>Goes in; disposing goes out.</summary>
    /// <exception cref="BadHttpRequestException">It is full.</exception>
    public Turn Enter()
    {
        if (Interlocked.Increment(ref _inside) > MostAtOnce)
        {
            _ = Interlocked.Decrement(ref _inside);
            throw new BadHttpRequestException(
                $"{MostAtOnce} pictures are being uploaded, which is the most at once. Ask again in a moment.", StatusCodes.Status503ServiceUnavailable);
        }

        return new Turn(this);
    }

    /// <summary>A place inside.</summary>
    internal readonly struct Turn(UploadGate gate) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => Interlocked.Decrement(ref gate._inside);
    }
}
