using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.Tests.Bedrock;

/// <summary>A test that reads the service model beside the project; skipped where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ServiceModelFactAttribute : FactAttribute
{
    public ServiceModelFactAttribute() =>
        Skip = ServiceModel.FilePath is null ? "the shared data (reference/bedrock-runtime.service-2.json) is absent" : null;
}
