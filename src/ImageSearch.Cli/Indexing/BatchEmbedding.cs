using ImageSearch.Cli.Output;
using ImageSearch.Cli.Output.Progress;
using ImageSearch.Embedding;
using ImageSearch.Indexing;

namespace ImageSearch.Cli.Indexing;

/// <summary>Embeds new pictures through batch inference, before they are indexed.</summary>
internal static class BatchEmbedding
{
    /// <summary>Sends what has no vector yet, and waits for it; says each step on stderr.</summary>
    public static async Task RunAsync(
        Terminal terminal, ImageSearchHome home, IReadOnlyList<LibraryRoot> libraries, S3Location location, CancellationToken cancellationToken)
    {
        var report = new BatchReport(terminal);
        try
        {
            await home.EmbedInBatchAsync(libraries, location, report, cancellationToken);
        }
        finally
        {
            report.SayWhatGoesOn();
        }
    }
}
