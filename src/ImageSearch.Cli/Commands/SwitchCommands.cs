using System.CommandLine;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Settings;
using ImageSearch.Collections;
using ImageSearch.Settings;

namespace ImageSearch.Cli.Commands;

/// <summary><c>collection switch</c> and <c>rollback</c>: which collection is used where no setting names one.</summary>
internal static class SwitchCommands
{
    /// <summary>Makes <c>switch</c>.</summary>
    public static Verb Switch(Shell shell)
    {
        var target = new Argument<string>("TARGET") { Description = "A collection that is there, as `collection migrate --to` takes it." };
        var alias = Alias();
        var verb = new Verb(
            "switch",
            "Use another collection, and the model that made its vectors, from now on: every program of this home folder does, where no setting names one.",
            new Example("imagesearch collection switch titan-1024", "Search with Titan from now on; `collection rollback` goes back."))
        {
            target,
            alias,
        };
        new HomeOptions().AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = ResolvedSettings.Of(parsed, shell);
            var (_, choice) = TargetChoice.Of(parsed.GetRequiredValue(target), "TARGET", settings.Options.Search, shell);
            var name = parsed.GetValue(alias);
            RefuseAlias(name, choice);
            await SwitchAsync(shell, settings, choice, name, cancellationToken);
        });
        return verb;
    }

    /// <summary>The option of an alias that goes with a switch.</summary>
    public static Option<string> Alias() => new("--alias")
    {
        Description = "Make this alias on the Qdrant server stand for the collection too, for programs that ask by it; `rollback` takes it back.",
        HelpName = "NAME",
    };

    /// <summary>Refuses an alias for a collection that is on no server.</summary>
    /// <exception cref="UsageException">It is for one in the home folder.</exception>
    public static void RefuseAlias(string? alias, CollectionChoice target)
    {
        if (alias is not null && !QdrantAddress.TryParse(target.Collection, out _))
        {
            throw new UsageException($"--alias is for a collection on a Qdrant server, and '{target.Collection}' lies in the home folder. Leave it out.");
        }
    }

    /// <summary>Makes <c>rollback</c>.</summary>
    public static Verb RollBack(Shell shell)
    {
        var verb = new Verb(
            "rollback",
            "Go back to the collection and the model that were used before the last switch. Doing it again undoes it.",
            new Example("imagesearch collection rollback", "As it was before."));
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = ResolvedSettings.Of(parsed, shell);
            using var home = new ImageSearchHome(settings.Options.Search, shell.Time);
            var current = CurrentCollection.Read(home.Folder) ?? throw new UsageException("No collection was switched to in this home folder, so that there is nothing to go back to.");
            Tell(shell, settings, await current.RollBackAsync(settings.Options.Search, shell.Time, cancellationToken));
        });
        return verb;
    }

    /// <summary>Switches from the collection in use, and says so.</summary>
    public static async Task SwitchAsync(Shell shell, ResolvedSettings settings, CollectionChoice target, string? alias, CancellationToken cancellationToken) =>
        Tell(shell, settings, await CurrentCollection.SwitchAsync(settings.Options.Search, target, alias, shell.Time, cancellationToken));

    private static void Tell(Shell shell, ResolvedSettings settings, CurrentCollection current)
    {
        shell.Terminal.Error.WriteLine($"{current.Now.Collection} is in use now; `imagesearch collection rollback` goes back to {current.Before.Collection}.");
        var winners = settings.Values.Where(value => ImageSearchSettings.OfTheCollection.Contains(value.Setting.Key) && IsLasting(value.Source));
        foreach (var value in winners)
        {
            shell.Terminal.Error.WriteLine($"But {value.Setting.Key} is {value.Value} by {value.Source}, which wins. Take it out there for the switch to count.");
        }
    }

    // Flags are of this run alone.
    private static bool IsLasting(string source) =>
        source != "default" && !source.StartsWith("flag ", StringComparison.Ordinal) && Path.GetFileName(source) != CurrentCollection.FileName;
}
