using Xunit;

namespace ImageSearch.Testing.Qdrant.OpenApi;

/// <summary>A test that reads Qdrant's OpenAPI documents beside the project; skipped where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenApiFactAttribute : FactAttribute
{
    public OpenApiFactAttribute() => Skip = ReasonToSkip;

    internal static string? ReasonToSkip { get; } = OpenApiDocument.Find("1.18") is null || OpenApiDocument.Find("1.19") is null
        ? "Needs Qdrant's OpenAPI documents (../shared/reference/qdrant-openapi-1.18.json and -1.19.json), which are not beside this checkout."
        : null;
}
