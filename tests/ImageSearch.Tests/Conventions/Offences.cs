using Xunit;

namespace ImageSearch.Tests.Conventions;

/// <summary>Fails with every place that breaks a rule, so that all can be put right at once.</summary>
internal static class Offences
{
    public static void None(IEnumerable<string> offences)
    {
        var all = offences.ToList();
        Assert.True(all.Count == 0, $"{all.Count} places break the rule:\n{string.Join('\n', all)}");
    }
}
