using System.CommandLine;
using ImageSearch.Cli;
using ImageSearch.Cli.Help;
using Xunit;

namespace ImageSearch.EndToEnd;

public sealed class HelpTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    public static TheoryData<string> Commands()
    {
        var names = new TheoryData<string>();
        foreach (var command in Leaves(Tree()))
        {
            names.Add(CommandReference.Of(command).Name);
        }

        return names;
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_examples_that_parse(string name)
    {
        var root = Tree();
        var command = Leaves(root).Single(leaf => CommandReference.Of(leaf).Name == name);

        var examples = Assert.IsType<Verb>(command).Examples;

        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Empty(root.Parse(CommandOf(example.CommandLine)).Errors));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_and_option_is_described(string name)
    {
        var reference = CommandReference.Of(Leaves(Tree()).Single(leaf => CommandReference.Of(leaf).Name == name));

        Assert.NotEmpty(reference.Summary);
        Assert.All(reference.Arguments.Concat(reference.Options), entry => Assert.NotEmpty(entry.Summary));
    }

    [Theory]
    [InlineData("docs/cli.md", "help", "--markdown")]
    [InlineData("docs/configuration.md", "show", "config", "--markdown")]
    public async Task The_documentation_is_what_the_program_prints(string document, params string[] arguments)
    {
        var run = await _workplace.RunAsync(arguments);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, document)), run.Out);
    }

    [Fact]
    public async Task Help_is_printed_on_stdout()
    {
        var run = await _workplace.RunAsync("search", "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Snapshot.AssertMatches("search-help", run.Out);
    }

    private static RootCommand Tree() => CommandTree.Create(Shell.OfThisProcess());

    private static IEnumerable<Command> Leaves(Command command) =>
        command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Leaves);

    // What a shell would take for itself is left out: variables in front, redirections and pipes behind.
    private static string CommandOf(string commandLine)
    {
        var start = commandLine.IndexOf(CommandReference.Program, StringComparison.Ordinal) + CommandReference.Program.Length;
        return commandLine[start..].Split(" > ")[0].Split(" | ")[0];
    }
}
