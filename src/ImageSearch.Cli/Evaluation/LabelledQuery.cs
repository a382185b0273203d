namespace ImageSearch.Cli.Evaluation;

/// <summary>A query with the pictures that it should find.</summary>
/// <param name="Query">In the query language.</param>
/// <param name="Answers">Paths of pictures, or their ends from a folder's name on.</param>
internal sealed record LabelledQuery(string Query, IReadOnlyList<string> Answers);
