namespace ImageSearch.Embedding;

/// <summary>An embedding model of Amazon Bedrock: what can be asked of it, and the id that takes the place of one that is gone.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Id">The id under which it can be called in November 2026.</param>
/// <param name="Dimensions">How many numbers its vectors may have.</param>
/// <param name="WhereOffered">The cure where a region does not know <paramref name="Id"/>.</param>
/// <seealso href="https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html"/>
internal sealed record BedrockModel(string Name, string Id, IReadOnlyList<int> Dimensions, string WhereOffered)
{
    public static BedrockModel Titan { get; } = new(
        "Titan", "amazon.titan-embed-image-v1", [256, 384, 1024], "Choose a region that offers it, for example us-east-1 or eu-west-1.");

    public static BedrockModel Nova { get; } = new(
        "Nova", "amazon.nova-2-multimodal-embeddings-v1:0", [256, 384, 1024, 3072], "Choose the region us-east-1, which offers it.");

    public static BedrockModel Cohere { get; } = new(
        "Cohere",
        "cohere.embed-v4:0",
        [256, 512, 1024, 1536],
        "Choose a region that offers it, for example us-east-1, or set the model id to an inference profile: us.cohere.embed-v4:0, eu.cohere.embed-v4:0 or global.cohere.embed-v4:0.");

    /// <exception cref="ArgumentOutOfRangeException">The model makes no such vectors.</exception>
    public void CheckDimension(int dimension)
    {
        if (!Dimensions.Contains(dimension))
        {
            throw new ArgumentOutOfRangeException(
                nameof(dimension), dimension, $"{Name} makes vectors of {string.Join(", ", Dimensions.SkipLast(1))} or {Dimensions[^1]} numbers.");
        }
    }
}
