using System.CommandLine;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Output;
using ImageSearch.Cli.Settings;
using ImageSearch.Collections;

namespace ImageSearch.Cli.Commands;

/// <summary><c>collection</c>: what lies in the home folder or on a Qdrant server, and what it takes up.</summary>
internal static class CollectionCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell) => new("collection", "Look at collections, keep them in order, move them, change their model, and make, drop, save and restore those on a Qdrant server.")
    {
        Make(shell, "list", "List all collections of the home folder; or those of a Qdrant server, when the collection in use lies on one.", ListAsync,
            new Example("imagesearch collection list", "Names, pictures, sizes and models.")),
        Make(shell, "info", "Show the facts about the collection in use.", InfoAsync,
            new Example("imagesearch collection info --collection offline-1024", "Model, pictures, size, age."),
            new Example("imagesearch collection info --collection qdrant://localhost:6333/photos", "The same of one on a Qdrant server, and the memory it should take.")),
        Make(shell, "compact", "Give back the space of what was deleted or replaced. Searches go on meanwhile. A Qdrant server does it by itself.", CompactAsync,
            new Example("imagesearch collection compact", "After many pictures were deleted or changed.")),
        MigrateCommand.Create(shell),
        SwitchCommands.Switch(shell),
        SwitchCommands.RollBack(shell),
        ServerCollectionCommands.Create(shell),
        ServerCollectionCommands.Drop(shell),
        ServerCollectionCommands.Snapshot(shell),
        ServerCollectionCommands.Restore(shell),
    };

    private static Verb Make(
        Shell shell, string name, string summary, Func<ImageSearchHome, CancellationToken, Task<Listing>> work, params Example[] examples)
    {
        var (home, output) = (new HomeOptions(), new OutputOptions());
        var verb = new Verb(name, summary, examples);
        home.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var options = ResolvedSettings.Of(parsed, shell).Options;
            using var opened = new ImageSearchHome(options.Search, shell.Time);
            ListingWriter.Write(shell.Terminal, await work(opened, cancellationToken), options.Format);
        });
        return verb;
    }

    private static async Task<Listing> ListAsync(ImageSearchHome home, CancellationToken cancellationToken)
    {
        using var server = home.OpenServer();
        var names = server is null ? home.Collections : [.. (await server.ListAsync(cancellationToken)).Select(address => address.ToString())];
        var rows = new List<IReadOnlyList<object?>>();
        foreach (var name in names)
        {
            await using var collection = await home.OpenCollectionAsync(name, CollectionAccess.Read, cancellationToken);
            rows.Add(await CollectionFacts.RowAsync(name, collection, cancellationToken));
        }

        return new Listing(CollectionFacts.Columns(onServer: server is not null), rows);
    }

    private static async Task<Listing> InfoAsync(ImageSearchHome home, CancellationToken cancellationToken)
    {
        await using var collection = await home.OpenCollectionAsync(home.CollectionName, CollectionAccess.Read, cancellationToken);
        return new Listing(
            [new("Fact", ColumnLook.Name), new("Value")],
            [["name", home.CollectionName], .. await CollectionFacts.OfAsync(collection, cancellationToken)]);
    }

    private static async Task<Listing> CompactAsync(ImageSearchHome home, CancellationToken cancellationToken)
    {
        await using var collection = await home.OpenCollectionAsync(home.CollectionName, CollectionAccess.Write, cancellationToken);
        var before = await CollectionFacts.BytesAsync(collection, cancellationToken);
        await collection.CompactAsync(cancellationToken);
        var after = await CollectionFacts.BytesAsync(collection, cancellationToken);
        return new Listing(
            [new("Collection", ColumnLook.Name), new("Pictures", ColumnLook.Number), new("Size before", ColumnLook.Bytes), new("Size after", ColumnLook.Bytes)],
            [[home.CollectionName, await collection.CountAsync(ImageFilter.All, cancellationToken), before, after]]);
    }
}
