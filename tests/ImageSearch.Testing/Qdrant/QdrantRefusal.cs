namespace ImageSearch.Testing.Qdrant;

/// <summary>An error that the server answers with, in the texts of Qdrant 1.19.</summary>
internal sealed class QdrantRefusal(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>The request can be read but not be done.</summary>
    public static QdrantRefusal BadInput(string text) => new(400, $"Wrong input: {text}");

    /// <summary>The request asks for what may not be asked; also every breach of the strict mode.</summary>
    public static QdrantRefusal BadRequest(string text) => new(400, $"Bad request: {text}");

    /// <summary>The body is no JSON, or a member has the wrong type.</summary>
    public static QdrantRefusal Format(string text) => new(400, $"Format error in JSON body: {text}");

    /// <summary>A value of the right type is out of its range.</summary>
    public static QdrantRefusal Validation(string member, string text) => new(422, $"Validation error in JSON body: [{member}: {text}]");

    public static QdrantRefusal NotFound(string text) => new(404, $"Not found: {text}");

    public static QdrantRefusal NoCollection(string name) => NotFound($"Collection `{name}` doesn't exist!");

    public static QdrantRefusal NoPoint(object id) => NotFound($"No point with id {id} found");

    public static QdrantRefusal Conflict(string text) => new(409, $"Wrong input: {text}");

    public static QdrantRefusal Forbidden(string text) => new(403, $"Forbidden: {text}");

    /// <summary>The real server knows it, this stand-in does not: a test that needs it must not pass by chance.</summary>
    public static QdrantRefusal Unknown(string what) => new(501, $"the stand-in for Qdrant does not know {what}");
}
