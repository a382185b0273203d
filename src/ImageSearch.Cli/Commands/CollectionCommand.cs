using System.CommandLine;
using System.Globalization;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Output;
using ImageSearch.Cli.Settings;
using ImageSearch.Collections;

namespace ImageSearch.Cli.Commands;

/// <summary><c>collection</c>: what lies in the home folder and what it takes up.</summary>
internal static class CollectionCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell) => new("collection", "Look at collections and give back their unused space.")
    {
        Make(shell, "list", "List all collections.", ListAsync, new Example("imagesearch collection list", "Names, pictures, sizes and models.")),
        Make(shell, "info", "Show the facts about the collection in use.", InfoAsync, new Example("imagesearch collection info --collection offline-1024", "Model, pictures, size, age.")),
        Make(shell, "compact", "Give back the space of what was deleted or replaced. Searches go on meanwhile.", CompactAsync, new Example("imagesearch collection compact", "After many pictures were deleted or changed.")),
    };

    private static Verb Make(
        Shell shell, string name, string summary, Func<ImageSearchHome, Shell, CancellationToken, Task<Listing>> work, Example example)
    {
        var (home, output) = (new HomeOptions(), new OutputOptions());
        var verb = new Verb(name, summary, example);
        home.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var options = ResolvedSettings.Of(parsed, shell).Options;
            using var opened = new ImageSearchHome(options.Search, shell.Time);
            ListingWriter.Write(shell.Terminal, await work(opened, shell, cancellationToken), options.Format);
        });
        return verb;
    }

    private static async Task<Listing> ListAsync(ImageSearchHome home, Shell shell, CancellationToken cancellationToken)
    {
        var rows = new List<IReadOnlyList<object?>>();
        foreach (var name in EmbeddedCollection.List(home.CollectionsFolder))
        {
            await using var collection = await EmbeddedCollection.OpenAsync(home.FolderOfCollection(name), expected: null, CollectionAccess.Read, shell.Time, cancellationToken);
            var info = await collection.InfoAsync(cancellationToken);
            rows.Add([name, info.Points, info.BytesOnDisk, info.Fingerprint.Model, (long)info.Fingerprint.Dimension]);
        }

        return new Listing(
            [new("Collection", ColumnLook.Name), new("Pictures", ColumnLook.Number), new("Size", ColumnLook.Bytes), new("Model", ColumnLook.Name), new("Dimension", ColumnLook.Number)],
            rows);
    }

    private static async Task<Listing> InfoAsync(ImageSearchHome home, Shell shell, CancellationToken cancellationToken)
    {
        await using var collection = await home.OpenCollectionAsync(CollectionAccess.Read, cancellationToken);
        var info = await collection.InfoAsync(cancellationToken);
        return new Listing(
            [new("Fact", ColumnLook.Name), new("Value")],
            [
                ["name", home.CollectionName],
                ["folder", info.Folder],
                ["model", info.Fingerprint.Model],
                ["dimension", info.Fingerprint.Dimension.ToString(CultureInfo.InvariantCulture)],
                ["preparation", info.Fingerprint.Preparation],
                ["pictures", info.Points.ToString(CultureInfo.InvariantCulture)],
                ["dead rows", info.DeadRows.ToString(CultureInfo.InvariantCulture)],
                ["size", ByteSize.Text(info.BytesOnDisk)],
                ["created", info.Created.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)],
                ["instance", info.InstanceId.ToString()],
            ]);
    }

    private static async Task<Listing> CompactAsync(ImageSearchHome home, Shell shell, CancellationToken cancellationToken)
    {
        await using var collection = await home.OpenCollectionAsync(CollectionAccess.Write, cancellationToken);
        var before = await collection.InfoAsync(cancellationToken);
        await collection.CompactAsync(cancellationToken);
        var after = await collection.InfoAsync(cancellationToken);
        return new Listing(
            [new("Collection", ColumnLook.Name), new("Pictures", ColumnLook.Number), new("Size before", ColumnLook.Bytes), new("Size after", ColumnLook.Bytes)],
            [[home.CollectionName, after.Points, before.BytesOnDisk, after.BytesOnDisk]]);
    }
}
