using ImageSearch.Collections;
using ImageSearch.Testing.Conformance;
using Xunit;

namespace ImageSearch.Tests.Collections;

public sealed class ConformanceCoverageTests
{
    [Fact]
    public void Every_collection_is_run_through_the_conformance_suite()
    {
        var implementations = typeof(IImageCollection).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IImageCollection)));

        Assert.NotEmpty(implementations);
        Assert.All(implementations, implementation => Assert.Contains(
            typeof(ConformanceCoverageTests).Assembly.GetTypes(),
            test => !test.IsAbstract && test.IsAssignableTo(typeof(ImageCollectionConformance<>).MakeGenericType(implementation))));
    }
}
