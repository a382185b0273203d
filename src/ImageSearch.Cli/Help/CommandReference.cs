using System.CommandLine;
using ImageSearch.Cli.Settings;

namespace ImageSearch.Cli.Help;

/// <summary>What there is to say about a command; help and documentation are two layouts of it.</summary>
/// <param name="Name">The words that call it, for example <c>imagesearch collection list</c>.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Usage">Its shape on the command line.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Options">Its own options.</param>
/// <param name="GlobalOptions">The options that every command takes.</param>
/// <param name="Subcommands">The commands below it.</param>
/// <param name="Examples">How it is used.</param>
internal sealed record CommandReference(
    string Name,
    string Summary,
    string Usage,
    IReadOnlyList<ReferenceEntry> Arguments,
    IReadOnlyList<ReferenceEntry> Options,
    IReadOnlyList<ReferenceEntry> GlobalOptions,
    IReadOnlyList<CommandReference> Subcommands,
    IReadOnlyList<Example> Examples)
{
    /// <summary>The name of the program as people call it.</summary>
    public const string Program = "imagesearch";

    /// <summary>Describes the command and everything below it.</summary>
    public static CommandReference Of(Command command)
    {
        var root = PathOf(command)[0];
        var name = NameOf(command);
        var own = command == root ? [] : Visible(command.Options);
        return new CommandReference(
            name,
            command.Description ?? "",
            UsageOf(command, name, own.Count > 0),
            [.. command.Arguments.Select(argument => new ReferenceEntry(Shape(argument), argument.Description ?? ""))],
            [.. own.Select(Describe)],
            [.. Visible(root.Options).Select(Describe)],
            [.. command.Subcommands.Where(sub => !sub.Hidden).Select(Of)],
            command is Verb verb ? verb.Examples : []);
    }

    /// <summary>The words that call the command.</summary>
    public static string NameOf(Command command) => string.Join(' ', PathOf(command).Skip(1).Select(part => part.Name).Prepend(Program));

    /// <summary>The commands from the root to this one.</summary>
    public static IReadOnlyList<Command> PathOf(Command command)
    {
        var path = new List<Command> { command };
        while (path[0].Parents.OfType<Command>().FirstOrDefault() is { } parent)
        {
            path.Insert(0, parent);
        }

        return path;
    }

    private static string UsageOf(Command command, string name, bool hasOptions)
    {
        var parts = new List<string> { name };
        parts.AddRange(command.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues == 0 ? $"[{Shape(argument)}]" : Shape(argument)));
        if (command.Subcommands.Count > 0)
        {
            parts.Add("COMMAND");
        }

        if (hasOptions || command.Subcommands.Count > 0)
        {
            parts.Add("[options]");
        }

        return string.Join(' ', parts);
    }

    private static string Shape(Argument argument) => argument.Arity.MaximumNumberOfValues > 1 ? argument.Name + "…" : argument.Name;

    private static List<Option> Visible(IEnumerable<Option> options) => [.. options.Where(option => !option.Hidden)];

    private static ReferenceEntry Describe(Option option)
    {
        var names = string.Join(", ", option.Aliases.Where(alias => alias.StartsWith('-')).Order(StringComparer.Ordinal).Append(option.Name));
        var shape = option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0 ? $"{names} {option.HelpName ?? "VALUE"}" : names;
        return option is SettingFlag flag
            ? new ReferenceEntry(shape, flag.Setting.Summary, flag.Setting.Values, flag.Setting.Default)
            : new ReferenceEntry(shape, option.Description ?? "");
    }
}
