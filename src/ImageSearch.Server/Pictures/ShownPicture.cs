namespace ImageSearch.Server.Pictures;

/// <summary>A picture that is ready to be sent. Disposing closes it.</summary>
/// <param name="Bytes">Its bytes, open for reading and seeking.</param>
/// <param name="Tag">The content that it shows and the form it has: what an entity tag is made of.</param>
/// <param name="MediaType">By its bytes, never by its name.</param>
internal sealed record ShownPicture(Stream Bytes, string Tag, string MediaType) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Bytes.Dispose();
}
