using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Bedrock;

/// <summary>
/// The two sides of an asymmetric model: a vector made to search by differs from one made to be found, and still lies nearest to those of
/// the same meaning, because the same small step is added to each.
/// </summary>
internal static class AsymmetricVectors
{
    private const float Step = 0.02f;

    public static JsonArray ToJson(ReadOnlyMemory<float> vector, bool isQuery)
    {
        var numbers = new JsonArray();
        for (var i = 0; i < vector.Length; i++)
        {
            numbers.Add(vector.Span[i] + (isQuery && i % 7 == 0 ? Step : 0));
        }

        return numbers;
    }
}
