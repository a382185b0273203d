using ImageSearch.Imaging;
using ImageSearch.Indexing;
using ImageSearch.Searching;
using ImageSearch.Spending;
using ImageSearch.Vision;

namespace ImageSearch;

/// <summary>Where an <see cref="ImageSearchHome"/> lies and what it works with.</summary>
public sealed record ImageSearchOptions
{
    /// <summary>The folder that holds collections, ledgers and the embedding cache.</summary>
    /// <value>The default is null: <see cref="ImageSearchHome.DefaultFolder"/>.</value>
    public string? Home { get; set; }

    /// <summary>What makes vectors out of pictures and words.</summary>
    /// <value>The default is <see cref="EmbeddingProvider.Offline"/>, which needs no account.</value>
    public EmbeddingProvider Provider { get; set; } = EmbeddingProvider.Offline;

    /// <summary>Id of the embedding model, or the ARN of a provisioned one.</summary>
    /// <value>The default is null: the provider's own, for example <c>amazon.titan-embed-image-v1</c>.</value>
    public string? Model { get; set; }

    /// <summary>Numbers in a vector; the model decides which it offers.</summary>
    /// <value>The default is null: the provider's own, 1,024.</value>
    public int? Dimension { get; set; }

    /// <summary>ARN of the IAM role with which Amazon Bedrock reads and writes the files of batches.</summary>
    /// <value>The default is null: no batches.</value>
    public string? BatchRole { get; set; }

    /// <summary>
    /// Most calls to a provider at once when indexing. It is a ceiling: how many it really takes is found by trying. As many pictures are
    /// held in memory.
    /// </summary>
    /// <value>The default is 32.</value>
    public int CallsAtOnce { get; set; } = 32;

    /// <summary>Name of the collection in the home, or address of one on a Qdrant server, as <see cref="Collections.QdrantAddress"/> reads it.</summary>
    /// <value>The default is null: the provider's model and dimension, for example <c>offline-1024</c>.</value>
    public string? Collection { get; set; }

    /// <summary>Key of the Qdrant server. A secret.</summary>
    /// <value>The default is null: the server asks for none.</value>
    public string? CollectionApiKey { get; set; }

    /// <summary>What may be spent, and at which prices; homes made of the same options share the cap.</summary>
    /// <value>The default has no limit, and the prices of <see cref="PriceList"/>.</value>
    public SpendingOptions Spending { get; set; } = new();

    /// <summary>Who reads the plain words of a search that does not say so itself.</summary>
    /// <value>The default is <see cref="QueryPlanning.Rules"/>, which cost nothing.</value>
    public QueryPlanning Plan { get; set; } = QueryPlanning.Rules;

    /// <summary>Whether a model puts the words of every search into English.</summary>
    /// <value>The default is false.</value>
    public bool Translate { get; set; }

    /// <summary>Which model looks at pictures where one is asked to, and what that may cost.</summary>
    /// <value>The default asks none by itself.</value>
    public VisionOptions Vision { get; set; } = new();

    /// <summary>Ceilings for pictures.</summary>
    /// <value>The default is <see cref="ImageLimits.Default"/>.</value>
    public ImageLimits Limits { get; set; } = ImageLimits.Default;

    /// <summary>How libraries are indexed; its limits are replaced by <see cref="Limits"/>.</summary>
    /// <value>The default is that of <see cref="ImageIndexerOptions"/>.</value>
    public ImageIndexerOptions Indexing { get; set; } = new();
}
