using Xunit;

namespace ImageSearch.Testing;

/// <summary>A test that runs the npm project of tests/proof; skipped where Node.js or its packages are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeProofFactAttribute : FactAttribute
{
    /// <param name="package">The npm package that the proof drives.</param>
    public NodeProofFactAttribute(string package = "@aws-sdk/client-bedrock-runtime") => Skip = ReasonToSkip(package);

    /// <summary>The folder of the npm project.</summary>
    public static string Folder { get; } = Path.Combine(FindRoot(), "tests", "proof");

    private static string? ReasonToSkip(string package) =>
        !IsOnPath("node") || !Directory.Exists(Path.Combine(Folder, "node_modules", package))
            ? "Needs Node.js 20 or later and the npm packages of tests/proof; where Node.js is there, scripts/setup.sh --tests installs them."
        : null;

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ImageSearch.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("ImageSearch.sln is in no folder above the tests");
    }
}
