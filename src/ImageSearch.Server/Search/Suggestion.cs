using System.Text.Json.Serialization;
using ImageSearch.Searching;

namespace ImageSearch.Server.Search;

/// <summary>How the item that is being typed may go on.</summary>
/// <param name="Text">The whole item; of a key, up to its colon.</param>
/// <param name="Kind">What completes it.</param>
/// <param name="Detail">What it means or how many pictures have it, for people.</param>
/// <param name="Query">The whole query with the item in it.</param>
internal sealed record Suggestion(
    string Text, [property: JsonConverter(typeof(CamelCaseName<QuerySuggestionKind>))] QuerySuggestionKind Kind, string Detail, string Query);
