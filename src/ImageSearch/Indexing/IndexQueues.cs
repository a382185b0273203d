using System.Threading.Channels;

namespace ImageSearch.Indexing;

/// <summary>The bounded channels between the stages of one run. Until disposed, their lengths can be seen from outside as a metric.</summary>
internal sealed class IndexQueues : IDisposable
{
    public IndexQueues(string library, ImageIndexerOptions options)
    {
        Library = library;
        ToRead = Channel.CreateBounded<PictureJob>(options.Readers * 8);

        // Pictures that wait here are held in memory beside those that are being embedded: enough that no embedder waits for a reader.
        ToEmbed = Channel.CreateBounded<PictureReading>(Math.Max(options.Readers, options.Embedders / 4));
        ToWrite = Channel.CreateBounded<IndexOutcome>(options.BatchSize * 2);
        IndexMetrics.Show(this);
    }

    /// <summary>Name of the library that is indexed.</summary>
    public string Library { get; }

    /// <summary>Files that were met and not read yet.</summary>
    public Channel<PictureJob> ToRead { get; }

    /// <summary>Pictures that were read and not embedded yet.</summary>
    public Channel<PictureReading> ToEmbed { get; }

    /// <summary>Outcomes that are not written yet.</summary>
    public Channel<IndexOutcome> ToWrite { get; }

    public void Dispose() => IndexMetrics.Hide(this);
}
