using Xunit;

namespace ImageSearch.EndToEnd;

/// <summary>Output as it was agreed on, one file a test under Snapshots/. A missing file fails the test.</summary>
internal static class Snapshot
{
    /// <summary>Compares; with IMAGESEARCH_RECORD_SNAPSHOTS=1 writes the file and fails, so that no recording passes for a test.</summary>
    public static void AssertMatches(string name, string actual)
    {
        var path = Path.Combine(Repository.Root, "tests", "ImageSearch.EndToEnd", "Snapshots", name + ".txt");
        if (Environment.GetEnvironmentVariable("IMAGESEARCH_RECORD_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, actual);
            Assert.Fail($"Recorded {path}. Read it, then run again without recording.");
        }

        Assert.True(File.Exists(path), $"There is no snapshot {path}. Output was:\n{actual}");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
