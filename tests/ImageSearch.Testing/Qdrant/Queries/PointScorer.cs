using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant.Queries;

/// <summary>How a query values points.</summary>
/// <param name="Similarity">Larger is better; nothing for a point that the query cannot reach.</param>
/// <param name="Examples">The points that the query was made of, which are no answers to it.</param>
/// <param name="SmallerScores">True where the score is a distance: the similarity without its sign.</param>
internal sealed record PointScorer(Func<StoredPoint, float?> Similarity, IReadOnlySet<QdrantPointId> Examples, bool SmallerScores)
{
    public float Score(float similarity) => SmallerScores ? Math.Abs(similarity) : similarity;

    public bool Reaches(float score, float? threshold) => threshold is null || (SmallerScores ? score <= threshold : score >= threshold);

    /// <summary>Values points by their nearness to a vector.</summary>
    public static PointScorer Nearest(StoredCollection collection, string vector, QueryInput input) =>
        new(
            Similarities(collection, vector, input.Vector),
            input.Ids,
            collection.Parameters(vector) is VectorParameters.Dense { Distance: var distance } && Distances.SmallerIsBetter(distance));

    /// <summary>Values points by examples for and against.</summary>
    public static PointScorer Recommend(
        StoredCollection collection, string vector, IReadOnlyList<QueryInput> positive, IReadOnlyList<QueryInput> negative, string strategy)
    {
        if (positive.Count + negative.Count == 0 || (strategy == "average_vector" && positive.Count == 0))
        {
            throw QdrantRefusal.BadRequest("At least one positive vector ID required with this strategy");
        }

        var examples = positive.Concat(negative).SelectMany(input => input.Ids).ToHashSet();
        if (strategy == "average_vector")
        {
            return Nearest(collection, vector, new QueryInput(collection.Parameters(vector).Accept(Average(positive, negative)), examples));
        }

        var likes = positive.Select(input => Similarities(collection, vector, input.Vector)).ToList();
        var dislikes = negative.Select(input => Similarities(collection, vector, input.Vector)).ToList();
        return new PointScorer(
            strategy switch
            {
                "best_score" => point => point.Vectors.ContainsKey(vector) ? BestScore(Best(likes, point), Best(dislikes, point)) : null,
                "sum_scores" => point => point.Vectors.ContainsKey(vector) ? Sum(likes, point) - Sum(dislikes, point) : null,
                _ => throw QdrantRefusal.Format($"unknown variant `{strategy}`, expected one of `average_vector`, `best_score`, `sum_scores`"),
            },
            examples,
            SmallerScores: false);
    }

    /// <summary>The similarity of points to a vector. A sparse vector reaches only the points that share an index with it.</summary>
    public static Func<StoredPoint, float?> Similarities(StoredCollection collection, string vector, QdrantVector query)
    {
        var parameters = collection.Parameters(vector);
        switch (parameters.Accept(query), parameters)
        {
            case (QdrantVector.Dense dense, VectorParameters.Dense { Distance: var distance }):
                return point => point.Vectors.TryGetValue(vector, out var stored)
                    ? Distances.Similarity(distance, ((QdrantVector.Dense)stored).Values, dense.Values)
                    : null;
            case (QdrantVector.Sparse sparse, VectorParameters.Sparse { HasIdf: var hasIdf }):
                var weights = sparse.Indices.Zip(sparse.Values).ToDictionary(
                    pair => pair.First,
                    pair => pair.Second * (hasIdf ? Idf(collection, vector, pair.First) : 1));
                return point => point.Vectors.TryGetValue(vector, out var stored) ? Overlap((QdrantVector.Sparse)stored, weights) : null;
            default:
                throw new InvalidOperationException("a vector was accepted by parameters of another kind");
        }
    }

    private static float? Overlap(QdrantVector.Sparse stored, Dictionary<uint, float> weights)
    {
        float? sum = null;
        foreach (var (index, value) in stored.Indices.Zip(stored.Values))
        {
            if (weights.TryGetValue(index, out var weight))
            {
                sum = (sum ?? 0) + value * weight;
            }
        }

        return sum;
    }

    /// <summary>The server's inverse document frequency: ln((n − df + ½) / (df + ½) + 1).</summary>
    private static float Idf(StoredCollection collection, string vector, uint index)
    {
        var stored = collection.Points.Values.Select(point => point.Vectors.GetValueOrDefault(vector)).OfType<QdrantVector.Sparse>().ToList();
        var containing = stored.Count(sparse => Array.BinarySearch(sparse.Indices, index) >= 0);
        return MathF.Log((stored.Count - containing + 0.5f) / (containing + 0.5f) + 1);
    }

    private static float Best(List<Func<StoredPoint, float?>> similarities, StoredPoint point) =>
        similarities.Select(similarity => similarity(point) ?? 0).DefaultIfEmpty(float.NegativeInfinity).Max();

    private static float Sum(List<Func<StoredPoint, float?>> similarities, StoredPoint point) => similarities.Sum(similarity => similarity(point) ?? 0);

    private static float BestScore(float like, float dislike) => like > dislike ? Sigmoid(like) : -Sigmoid(dislike);

    private static float Sigmoid(float value) => 0.5f * (value / (1 + Math.Abs(value)) + 1);

    /// <summary>The mean of what is liked, as far again away from the mean of what is not.</summary>
    private static QdrantVector.Dense Average(IReadOnlyList<QueryInput> positive, IReadOnlyList<QueryInput> negative)
    {
        var likes = Mean(positive);
        return new QdrantVector.Dense(negative.Count == 0 ? likes : [.. likes.Zip(Mean(negative), (like, dislike) => like + like - dislike)]);
    }

    private static float[] Mean(IReadOnlyList<QueryInput> inputs)
    {
        var vectors = inputs.Select(input => input.Vector is QdrantVector.Dense dense
            ? dense.Values
            : throw QdrantRefusal.Unknown("the average of sparse vectors")).ToList();
        return [.. Enumerable.Range(0, vectors[0].Length).Select(i => vectors.Average(vector => vector[i]))];
    }
}
