using Xunit;

namespace ImageSearch.EndToEnd.Server.Browser;

/// <summary>The tests that share the served pictures and the browser; one after another.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<ServedPictures>
{
    /// <summary>What test classes name it by.</summary>
    public const string Name = "Browser";
}
