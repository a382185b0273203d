using System.CommandLine;
using System.CommandLine.Help;
using ImageSearch.Cli.Commands;
using ImageSearch.Cli.Help;

namespace ImageSearch.Cli;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    /// <summary>The root with every command below it.</summary>
    public static RootCommand Create(Shell shell)
    {
        var root = new RootCommand("ImageSearch finds pictures by what is on them, by their words, and by other pictures.");
        GlobalOptions.AddTo(root);
        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        root.Options.Insert(0, new HelpOption("--help", "-h") { Description = "Show what a command does, its options and examples.", Action = new ShowHelp(shell), Recursive = true });
        root.Options.OfType<VersionOption>().Single().Description = "Show the version.";
        root.Directives.Clear();
        root.Add(IndexCommand.Create(shell));
        root.Add(EstimateCommand.Create(shell));
        root.Add(StatusCommand.Create(shell));
        root.Add(RetryCommand.Create(shell));
        root.Add(ForgetCommand.Create(shell));
        root.Add(SearchCommand.Create(shell));
        root.Add(SimilarCommand.Create(shell));
        root.Add(CaptionCommand.Create(shell));
        root.Add(AskCommand.Create(shell));
        root.Add(CompareCommand.Create(shell));
        root.Add(ExtractCommand.Create(shell));
        root.Add(EvalCommand.Create(shell));
        root.Add(ServeCommand.Create(shell));
        root.Add(CollectionCommand.Create(shell));
        root.Add(DoctorCommand.Create(shell));
        root.Add(ShowCommand.Create(shell));
        root.Add(ConfigCommand.Create(shell));
        root.Add(HelpCommand.Create(shell));
        UsageErrors.RefuseUnknownOptions(root);
        root.SetAction(parsed => HelpText.Write(shell.Terminal.OutConsole, CommandReference.Of(root)));
        return root;
    }
}
