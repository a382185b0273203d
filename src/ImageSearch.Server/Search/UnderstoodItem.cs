using System.Text.Json.Serialization;
using ImageSearch.Searching;

namespace ImageSearch.Server.Search;

/// <summary>One item of a query.</summary>
/// <param name="Text">In the query language.</param>
/// <param name="Kind">What it is for.</param>
internal sealed record UnderstoodItem(string Text, [property: JsonConverter(typeof(CamelCaseName<QueryItemKind>))] QueryItemKind Kind);
