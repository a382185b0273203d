using Xunit;

namespace ImageSearch.Tests.Bedrock;

/// <summary>Tests that put an API key into the environment of the process, where every client would find it, and so run when no other client is made.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class BearerKeyAlone
{
    public const string Name = "bearer key alone";
}
