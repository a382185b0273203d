using Xunit;

namespace ImageSearch.Tests.Imaging;

/// <summary>Tests that count what libvips holds, and so run when nothing else decodes.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LibvipsAlone
{
    public const string Name = "libvips alone";
}
