using ImageSearch.Searching;
using Xunit;

namespace ImageSearch.Tests.Searching;

public sealed class RecentVectorsTests
{
    [Fact]
    public void The_text_that_was_not_asked_for_the_longest_is_forgotten_first()
    {
        var recent = new RecentVectors(2);
        float[] a = [1];
        float[] c = [3];
        recent.Add("a", a);
        recent.Add("b", [2]);
        _ = recent.Find("a");
        recent.Add("c", c);

        Assert.Same(a, recent.Find("a"));
        Assert.Null(recent.Find("b"));
        Assert.Same(c, recent.Find("c"));
    }
}
