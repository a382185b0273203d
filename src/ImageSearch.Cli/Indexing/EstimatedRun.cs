using ImageSearch.Indexing;
using ImageSearch.Spending;

namespace ImageSearch.Cli.Indexing;

/// <summary>What indexing a library would do and cost.</summary>
/// <param name="Library">The library, or the part of it that would be indexed.</param>
/// <param name="Estimate">What would be done.</param>
/// <param name="Price">The price that the cost was reckoned with; null where nothing costs.</param>
/// <param name="BatchCost">US dollars that the same costs by batch inference; null where that is not offered.</param>
/// <param name="Time">How long calls take; null where none are made.</param>
internal sealed record EstimatedRun(LibraryRoot Library, IndexEstimate Estimate, ModelPrice? Price, decimal? BatchCost, CallTime? Time);
