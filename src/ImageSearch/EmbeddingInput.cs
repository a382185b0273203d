using Microsoft.Extensions.AI;

namespace ImageSearch;

/// <summary>
/// What travels through <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> beside the bare content: the words that belong to
/// a picture, the side of the search that an embedding is for, and whether it was paid for. All of it rides in the standard
/// <c>AdditionalProperties</c>, so any generator of <see cref="AIContent"/> can stand behind the seam.
/// </summary>
public static class EmbeddingInput
{
    private const string WordsProperty = "imagesearch.words";
    private const string RoleProperty = "imagesearch.role";
    private const string CachedProperty = "imagesearch.cached";
    private const string CutProperty = "imagesearch.cut";
    private const string Sha256Property = "imagesearch.sha256";
    private const string SentProperty = "imagesearch.sent";

    /// <summary>A picture to embed.</summary>
    /// <param name="bytes">The file as it lies on disk, encoded.</param>
    /// <param name="mediaType">Its media type, for example <c>image/jpeg</c>.</param>
    /// <param name="words">Words that travel with the picture (file name, folders, title, keywords), or null.</param>
    /// <param name="sha256">SHA-256 of the bytes in lower-case hexadecimal, where it is known: they are then not hashed again.</param>
    public static DataContent Picture(ReadOnlyMemory<byte> bytes, string mediaType, string? words = null, string? sha256 = null)
    {
        var content = new DataContent(bytes, mediaType);
        if (!string.IsNullOrWhiteSpace(words))
        {
            content.AdditionalProperties = new AdditionalPropertiesDictionary { [WordsProperty] = words };
        }

        if (sha256 is not null)
        {
            (content.AdditionalProperties ??= [])[Sha256Property] = sha256;
        }

        return content;
    }

    /// <summary>The words that travel with <paramref name="content"/>, or null.</summary>
    public static string? WordsOf(AIContent content) => content.AdditionalProperties?.GetValueOrDefault(WordsProperty) as string;

    /// <summary>The SHA-256 of a picture's bytes that travels with <paramref name="content"/>, or null.</summary>
    public static string? Sha256Of(AIContent content) => content.AdditionalProperties?.GetValueOrDefault(Sha256Property) as string;

    /// <summary>Options that say which side of the search an embedding is for.</summary>
    public static EmbeddingGenerationOptions For(EmbeddingRole role) =>
        new() { AdditionalProperties = new AdditionalPropertiesDictionary { [RoleProperty] = role } };

    /// <summary>The role carried by <paramref name="options"/>; <see cref="EmbeddingRole.Document"/> where none is said.</summary>
    public static EmbeddingRole RoleOf(EmbeddingGenerationOptions? options) =>
        options?.AdditionalProperties?.GetValueOrDefault(RoleProperty) is EmbeddingRole role ? role : EmbeddingRole.Document;

    /// <summary>Marks an embedding as taken from the cache, so that callers can count what was really computed.</summary>
    public static void MarkCached(Embedding<float> embedding) =>
        (embedding.AdditionalProperties ??= [])[CachedProperty] = true;

    /// <summary>True when the embedding came from the cache and cost nothing.</summary>
    public static bool IsCached(Embedding<float> embedding) =>
        embedding.AdditionalProperties?.GetValueOrDefault(CachedProperty) is true;

    /// <summary>Marks an embedding as made from the beginning of its text only, because the model takes no more.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <param name="usedText">The beginning that was used.</param>
    public static void MarkCut(Embedding<float> embedding, string usedText) =>
        (embedding.AdditionalProperties ??= [])[CutProperty] = usedText;

    /// <summary>The beginning of the text that the embedding was made from, or null where it was made from the whole.</summary>
    public static string? CutTextOf(Embedding<float> embedding) =>
        embedding.AdditionalProperties?.GetValueOrDefault(CutProperty) as string;

    /// <summary>Lets <paramref name="sent"/> be called when this machine has done its part of a content, and only a provider is waited for.</summary>
    public static void WhenSent(AIContent content, Action sent) =>
        (content.AdditionalProperties ??= [])[SentProperty] = sent;

    /// <summary>Says that this machine has done its part of a content: called by generators that send it elsewhere, before they wait for their turn.</summary>
    public static void MarkSent(AIContent content) => (content.AdditionalProperties?.GetValueOrDefault(SentProperty) as Action)?.Invoke();
}
