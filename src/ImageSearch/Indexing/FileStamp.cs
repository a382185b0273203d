namespace ImageSearch.Indexing;

/// <summary>By what a file is known to be unchanged without reading it.</summary>
/// <param name="Size">Size in bytes.</param>
/// <param name="Modified">Time of the last change of the content, in UTC ticks; programs can set it to any value.</param>
/// <param name="Changed">Time of the last change of the content or the file's attributes, in UTC ticks, which programs cannot set; 0 where the system does not tell.</param>
internal readonly record struct FileStamp(long Size, long Modified, long Changed)
{
    /// <summary>
    /// A file that changes again within the clock's grain after it was read keeps its times; so its stamp proves nothing until
    /// it is this much older than the reading.
    /// </summary>
    private const long Grain = 2 * TimeSpan.TicksPerSecond;

    /// <summary>True when a file with this stamp, read at <paramref name="readAt"/> (UTC ticks), cannot have changed unnoticed.</summary>
    public bool IsProofSince(long readAt) => (Changed != 0 ? Changed : Modified) < readAt - Grain;
}
