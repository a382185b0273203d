using ImageSearch.Collections;
using Microsoft.Extensions.AI;

namespace ImageSearch.Searching;

/// <summary>Says beside an answer what its reader should know.</summary>
internal sealed class SearchNotes(IImageCollection collection, IEmbeddingGenerator<AIContent, Embedding<float>> embedder)
{
    private const string OfflineProvider = "offline";

    /// <param name="request">What was asked.</param>
    /// <param name="pictures">What was found.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<IReadOnlyList<string>> WriteAsync(SearchRequest request, FoundPictures pictures, CancellationToken cancellationToken)
    {
        var found = pictures.InOrder.Count;
        var notes = new List<string>();
        if (found == 0)
        {
            notes.Add(await WhyNothingAsync(request, cancellationToken));
        }

        if (request.Query.Sort is SearchSort.Newest or SearchSort.Oldest && request.IsRanked && found >= ImageSearcher.SortedByDate)
        {
            notes.Add($"The {found} most relevant pictures are in the order of time; others may match less well.");
        }

        if (pictures.LeavesOut)
        {
            notes.Add($"The groups are of the {HitGrouping.Window(request.Query.Limit)} best pictures; those farther down are not shown.");
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
        if (all == 0)
        {
            return "The collection is empty: index a folder first.";
        }

        if (await collection.CountAsync(request.Filter, cancellationToken) > 0)
        {
            return request.Query.MinScore > 0
                ? $"No picture reaches a score of {request.Query.MinScore}; lower it to see the nearest."
                : "No picture has these words.";
        }

        return request.Query.Filter.Conditions.Count > 0
            ? $"No picture matches the filters ({all} in the collection)."
            : "The collection holds no other picture.";
    }
}
