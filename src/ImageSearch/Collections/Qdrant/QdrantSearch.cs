using ImageSearch.Qdrant.Model;
using WireHit = ImageSearch.Qdrant.Model.ScoredPoint;

namespace ImageSearch.Collections.Qdrant;

/// <summary>
/// Answers a query. Both signals are asked for in one call. Where the server can only narrow the filter down, more is asked for than
/// wanted and looked through here, and then more again, until there are enough or no more.
/// </summary>
internal sealed class QdrantSearch(QdrantSession session, CollectionQuery query, SearchParams? quantised)
{
    private const int FirstWindow = 64;
    private const int Growth = 4;

    /// <summary>More than any answer should hold; a server prepares room for what it is asked for.</summary>
    private const int LargestWindow = 1_000_000;

    public async Task<CollectionHits> RunAsync(CancellationToken cancellationToken)
    {
        var possible = await session.TranslateAsync(query.Filter, cancellationToken);
        var tokens = TokensOf(query.Words);
        if (possible.IsEmpty)
        {
            return new CollectionHits([], []);
        }

        var check = session.CheckOf(query.Filter, possible);
        var byMeaning = query.Vector is { } vector ? ByMeaning(vector, possible) : null;
        var byWords = WordWeights.OfQuery(tokens) is { } words ? ByWords(words, tokens, possible) : null;
        for (var window = check is null ? query.Limit : Math.Max(FirstWindow, query.Limit * 2L); ; window *= Growth)
        {
            var limit = (int)Math.Min(window, LargestWindow);
            QueryPoints[] asked = [.. new[] { byMeaning, byWords }.OfType<QueryPoints>().Select(one => one with { Limit = limit })];
            if (asked.Length == 0)
            {
                return new CollectionHits([], []);
            }

            var found = await session.AskAsync(client => client.QueryBatchAsync(session.Name, asked, cancellationToken));
            List<List<ScoredPoint>> passed = [.. found.Select((points, signal) => Passing(points, check, leastScore: asked[signal].Using == PointFields.Words ? 0 : float.NegativeInfinity))];
            var isEnough = passed.Zip(found).All(signal => signal.First.Count >= query.Limit || signal.Second.Count < limit);
            if (isEnough || limit == LargestWindow)
            {
                var (meaning, rest) = byMeaning is null ? ([], passed) : (passed[0], passed[1..]);
                return new CollectionHits(Ordered(meaning), rest.Count == 0 ? [] : Ordered(rest[0]));
            }
        }
    }

    private List<IReadOnlyList<string>> TokensOf(IReadOnlyList<string> words) =>
    [
        .. session.Tokenizer.Split([.. words.Distinct().Take(CollectionQuery.MaxWords)])
            .Where(tokens => tokens.Count > 0)
            .Select(tokens => (IReadOnlyList<string>)[.. tokens.Take(CollectionQuery.MaxPhrase)]),
    ];

    private QueryPoints ByMeaning(ReadOnlyMemory<float> vector, PossibleFilter possible) => new()
    {
        Query = new Vector.Dense(vector),
        Using = PointFields.Picture,
        Filter = possible.Filter,
        Params = query.Precision == SearchPrecision.Exact ? new SearchParams { Exact = true } : quantised,
        Limit = query.Limit,
        WithPayload = QdrantSession.Facts,
        WithVector = WithVector,
    };

    // A word of several tokens stands for them in their order, which the vector does not know and a filter does.
    private QueryPoints ByWords(Vector.Sparse words, List<IReadOnlyList<string>> tokens, PossibleFilter possible)
    {
        var hasWord = tokens.Exists(word => word.Count > 1) ? PossibleFilter.AnyOf([.. tokens.Select(FilterTranslation.Word)]) : PossibleFilter.All;
        return new QueryPoints
        {
            Query = words,
            Using = PointFields.Words,
            Filter = PossibleFilter.AllOf([possible, hasWord]).Filter,
            Limit = query.Limit,
            WithPayload = QdrantSession.Facts,
            WithVector = WithVector,
        };
    }

    private VectorsSelector WithVector => query.Vectors == VectorInclusion.With ? VectorsSelector.Named(PointFields.Picture) : VectorsSelector.None;

    // Among few points the server may compare each with the words and give those without any of them too, at 0.
    private List<ScoredPoint> Passing(IReadOnlyList<WireHit> found, ImageFilterCheck? check, float leastScore) =>
    [
        .. found.Where(point => point.Score > leastScore)
            .Select(point => PointDecoding.Decode(point, session.Address))
            .Where(point => check?.Passes(point.Point.Payload) ?? true),
    ];

    private List<ScoredPoint> Ordered(List<ScoredPoint> points)
    {
        points.Sort(static (a, b) => b.Score.CompareTo(a.Score) is not 0 and var byScore ? byScore : a.Point.Id.CompareTo(b.Point.Id));
        return points.Count > query.Limit ? points[..query.Limit] : points;
    }
}
