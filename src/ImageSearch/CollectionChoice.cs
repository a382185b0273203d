using System.Globalization;
using ImageSearch.Collections;

namespace ImageSearch;

/// <summary>A collection together with what makes its vectors: what has to change at once when the model does.</summary>
/// <param name="Provider">What makes the vectors.</param>
/// <param name="Model">Id of the model; null for the provider's own.</param>
/// <param name="Dimension">Numbers in a vector.</param>
/// <param name="Collection">Name of the collection in the home, or its address on a server.</param>
public sealed record CollectionChoice(EmbeddingProvider Provider, string? Model, int Dimension, string Collection)
{
    /// <summary>
    /// The collection that a person means beside the present one: <c>titan-1024</c> and the like, where it is of another provider or dimension,
    /// lie where the present one lies, in the home or on its server; anything else is a place for vectors of the present making.
    /// </summary>
    /// <param name="target">A provider and a dimension with a hyphen between them, a name, or an address.</param>
    public CollectionChoice Beside(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var hyphen = target.LastIndexOf('-');
        var name = Enum.GetNames<EmbeddingProvider>().FirstOrDefault(name => hyphen > 0 && name.Equals(target[..hyphen], StringComparison.OrdinalIgnoreCase));
        if (name is null || !int.TryParse(target[(hyphen + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var dimension))
        {
            return this with { Collection = target };
        }

        var provider = Enum.Parse<EmbeddingProvider>(name);
        if (provider == Provider && dimension == Dimension)
        {
            return this with { Collection = target };
        }

        var collection = QdrantAddress.TryParse(Collection, out var address) ? address.Of(target).ToString() : target;
        return new CollectionChoice(provider, provider == Provider ? Model : null, dimension, collection);
    }

    /// <summary>Whether both have vectors of the same making.</summary>
    public bool HasVectorsOf(CollectionChoice other) =>
        other is not null && (Provider, Model, Dimension) == (other.Provider, other.Model, other.Dimension);

    /// <summary>The options with this collection in place of theirs.</summary>
    public ImageSearchOptions In(ImageSearchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with { Provider = Provider, Model = Model, Dimension = Dimension, Collection = Collection };
    }
}
