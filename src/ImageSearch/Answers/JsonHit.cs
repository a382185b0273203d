using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using ImageSearch.Searching;

namespace ImageSearch.Answers;

/// <summary>A hit as JSON: the one shape of it, in documents, in lines and over HTTP.</summary>
public sealed record JsonHit : JsonPicture
{
    /// <summary>An empty one, for reading.</summary>
    public JsonHit()
    {
    }

    [SetsRequiredMembers]
    private JsonHit(JsonPicture picture)
        : base(picture) => (OtherPaths, Why) = ([], []);

    /// <summary>The place in the whole answer, from 1.</summary>
    public required int Rank { get; init; }

    /// <summary>How relevant the picture is, 0…1; absent where nothing was ranked.</summary>
    public double? Score { get; init; }

    /// <summary>Where the same bytes lie too.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<PicturePath> OtherPaths { get; init; }

    /// <summary>Absolute paths of the files with the same bytes; absent where files are not told.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<string>? OtherFiles { get; init; }

    /// <summary>The group that the hit stands for; absent unless groups were asked for.</summary>
    [JsonPropertyOrder(1)]
    public JsonGroup? Group { get; init; }

    /// <summary>What each signal says.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<JsonSignal> Why { get; init; }

    /// <summary>What the judge says; absent where it was not asked, or its answer does not count.</summary>
    [JsonPropertyOrder(1)]
    public JsonVerdict? Verdict { get; init; }

    /// <summary>The JSON shape of a judged hit, without the paths of files.</summary>
    public static JsonHit Of(JudgedHit hit)
    {
        ArgumentNullException.ThrowIfNull(hit);
        return Of(hit.Hit) with { Verdict = hit.Verdict is { } verdict ? JsonVerdict.Of(verdict) : null };
    }

    /// <summary>The JSON shape of a hit, without the paths of files.</summary>
    public static JsonHit Of(SearchHit hit)
    {
        ArgumentNullException.ThrowIfNull(hit);
        return new JsonHit(JsonPicture.Of(hit.Picture))
        {
            Rank = hit.Rank,
            Score = hit.Score is { } score ? Math.Round(score, 4) : null,
            OtherPaths = hit.OtherPaths,
            Group = hit.Group is { } group ? new JsonGroup(group.Name, group.More) : null,
            Why = [.. hit.Why.Select(signal => new JsonSignal(signal.Name, signal.Rank, Math.Round(signal.Score, 4), Math.Round(signal.Contribution, 5)))],
        };
    }
}
