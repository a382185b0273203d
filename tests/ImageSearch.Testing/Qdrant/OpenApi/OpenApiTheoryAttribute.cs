using Xunit;

namespace ImageSearch.Testing.Qdrant.OpenApi;

/// <summary>A theory that reads Qdrant's OpenAPI documents beside the project; skipped where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenApiTheoryAttribute : TheoryAttribute
{
    public OpenApiTheoryAttribute() => Skip = OpenApiFactAttribute.ReasonToSkip;
}
