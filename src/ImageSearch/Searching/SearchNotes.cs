using ImageSearch.Collections;
using Microsoft.Extensions.AI;

namespace ImageSearch.Searching;

/// <summary>Says beside an answer what its reader should know.</summary>
internal sealed class SearchNotes(IImageCollection collection, IEmbeddingGenerator<AIContent, Embedding<float>> embedder)
{
    private const string OfflineProvider = "offline";

    /// <param name="request">What was asked.</param>
    /// <param name="found">How many pictures were found up to the end of the page.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<IReadOnlyList<string>> WriteAsync(SearchRequest request, int found, CancellationToken cancellationToken)
    {
        var notes = new List<string>();
        if (found == 0)
        {
            notes.Add(await WhyNothingAsync(request, cancellationToken));
        }

        if (request.Query.Sort != SearchSort.Relevance && request.IsRanked && found >= ImageSearcher.SortedByDate)
        {
            notes.Add($"The {found} most relevant pictures are in the order of time; others may match less well.");
        }

        var asksByText = request.Query.Parts.OfType<QueryPart.Text>().Any();
        if (asksByText && request.Meaning.Vector is null)
        {
            notes.Add("The embedder knows none of these words: hits are by the words that travel with the pictures.");
        }
        else if (asksByText && IsOffline)
        {
            notes.Add("The offline embedder does not recognise objects: text finds colours, light, layout and the words that travel with a picture.");
        }

        return notes;
    }

    private bool IsOffline =>
        embedder.GetService(typeof(EmbeddingGeneratorMetadata)) is EmbeddingGeneratorMetadata { ProviderName: OfflineProvider };

    private async Task<string> WhyNothingAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        var all = await collection.CountAsync(ImageFilter.All, cancellationToken);
        return all == 0
            ? "The collection is empty: index a folder first."
            : await collection.CountAsync(request.Filter, cancellationToken) == 0
            ? $"No picture matches the filters ({all} in the collection)."
            : request.Query.MinScore > 0
            ? $"No picture reaches a score of {request.Query.MinScore}; lower it to see the nearest."
            : "No picture has these words.";
    }
}
