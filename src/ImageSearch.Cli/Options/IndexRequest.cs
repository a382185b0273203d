using ImageSearch.Embedding;
using ImageSearch.Indexing;

namespace ImageSearch.Cli.Options;

/// <summary>What <c>index</c> was asked for.</summary>
/// <param name="Folders">Folders as written; empty for all known libraries.</param>
/// <param name="Library">The name that a new folder gets; null takes the folder's.</param>
/// <param name="Collections">Collections to index into; empty for the one of the settings.</param>
/// <param name="Mode">How far to go.</param>
/// <param name="MassDeletion">What happens when most files are gone.</param>
/// <param name="Batch">Where in S3 pictures are embedded in batches first; null for not at all.</param>
internal sealed record IndexRequest(
    IReadOnlyList<string> Folders, string? Library, IReadOnlyList<string> Collections, IndexMode Mode, MassDeletion MassDeletion, S3Location? Batch);
