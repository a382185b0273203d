using ImageSearch.Collections;
using ImageSearch.Embedding;
using ImageSearch.Imaging;
using ImageSearch.Indexing;
using ImageSearch.Spending;

namespace ImageSearch.Indexer;

/// <summary>What the worker needs from outside, by the names that health and logs use.</summary>
internal static class Dependency
{
    // Nothing but another start raises the cap. What costs nothing, for example a picture that was moved, is taken up meanwhile.
    private static readonly TimeSpan PauseAtCap = TimeSpan.FromHours(1);

    /// <summary>The collection that is written.</summary>
    public const string Collection = "collection";

    /// <summary>The embedding provider.</summary>
    public const string Embeddings = "embeddings";

    /// <summary>Money that may be spent.</summary>
    public const string Spending = "spending";

    /// <summary>The home folder with ledgers and cache.</summary>
    public const string Home = "home";

    /// <summary>The native library that decodes pictures.</summary>
    public const string Libvips = "libvips";

    /// <summary>The folder of a library, and the right to index it.</summary>
    public static string Library(string name) => $"library {name}";

    /// <summary>What is away when work on a library ends in this way; null when it is none of them but a fault of the program.</summary>
    public static string? Of(Exception failure, string library) => failure switch
    {
        IndexException index => Of(index.Fault, library),
        CollectionException => Collection,
        EmbeddingException { Fault: EmbeddingFault.CostCapReached } => Spending,
        EmbeddingException => Embeddings,
        EmbeddingCacheException or SpendLedgerException => Home,
        ImageLibraryException => Libvips,
        IOException or UnauthorizedAccessException => Library(library),
        _ => null,
    };

    /// <summary>How long to wait at least: what the other side asks for, or longer where the money is used up; null where it does not matter.</summary>
    public static TimeSpan? RetryAfterOf(Exception failure) => (failure as EmbeddingException ?? failure.InnerException as EmbeddingException) switch
    {
        { Fault: EmbeddingFault.CostCapReached } => PauseAtCap,
        var refusal => refusal?.RetryAfter,
    };

    private static string Of(IndexFault fault, string library) => fault switch
    {
        IndexFault.ProviderRefused or IndexFault.ProviderUnavailable => Embeddings,
        IndexFault.CostCapReached => Spending,
        IndexFault.CollectionUnusable => Collection,
        IndexFault.LedgerUnusable => Home,
        _ => Library(library),
    };
}
