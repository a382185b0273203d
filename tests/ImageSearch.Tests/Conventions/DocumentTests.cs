using System.Text.RegularExpressions;
using Xunit;

namespace ImageSearch.Tests.Conventions;

public sealed partial class DocumentTests
{
    private static IEnumerable<string> Projects => SourceTree.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal));

    [Fact]
    public void Every_folder_of_the_sources_has_its_line_in_the_architecture()
    {
        var lines = SourceTree.Lines("docs/architecture.md");
        var folders = SourceTree.Sources.Where(file => file.StartsWith("src/", StringComparison.Ordinal))
            .SelectMany(file => file.Split('/')[1..^1]).Distinct();

        Assert.All(folders, folder => Assert.Contains(lines, line => Regex.IsMatch(line, $@"^\s*{Regex.Escape(folder)}/\s+\S")));
    }

    [Fact]
    public void The_architecture_names_no_folder_that_is_not_there()
    {
        var named = SourceTree.Lines("docs/architecture.md").Select(line => FolderLine().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value);

        Offences.None(named.Except(SourceTree.Files.SelectMany(file => file.Split('/')[..^1])));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = SourceTree.Read("ImageSearch.sln").Replace('\\', '/');

        Assert.All(Projects, file => Assert.Contains($"\"{file}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_project_locks_its_packages()
    {
        Assert.All(Projects, file => Assert.Contains(file[..file.LastIndexOf('/')] + "/packages.lock.json", SourceTree.Files));
    }

    [Fact]
    public void The_changelog_says_what_is_not_released_yet()
    {
        Assert.Contains("## [Unreleased]", SourceTree.Lines("CHANGELOG.md"));
    }

    [Fact]
    public void Every_decision_says_its_context_choice_and_consequences()
    {
        var decisions = SourceTree.Files.Where(file => file.StartsWith("docs/decisions/", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(decisions);
        Assert.All(decisions, file =>
        {
            Assert.Matches(@"^\d{4}-[a-z0-9-]+\.md$", Path.GetFileName(file));
            Assert.Superset(new HashSet<string> { "## Context", "## Choice", "## Consequences" }, SourceTree.Lines(file).ToHashSet());
        });
    }

    [Fact]
    public void Every_exit_code_is_in_the_reference_of_the_command_line()
    {
        var codes = ExitCode().Matches(SourceTree.Read("src/ImageSearch.Cli/ExitCode.cs")).Select(match => match.Groups["code"].Value).ToList();
        var lines = SourceTree.Lines("docs/cli.md");

        Assert.NotEmpty(codes);
        Assert.All(codes, code => Assert.Contains(lines, line => Regex.IsMatch(line, $@"^\|\s*`?{code}`?\s*\|")));
    }

    [GeneratedRegex(@"^\s*(?<name>[\w.-]+)/\s+\S")]
    private static partial Regex FolderLine();

    [GeneratedRegex(@"^\s+\w+ = (?<code>\d+),", RegexOptions.Multiline)]
    private static partial Regex ExitCode();
}
