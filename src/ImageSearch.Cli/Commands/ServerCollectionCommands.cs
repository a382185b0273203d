using System.CommandLine;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Output;
using ImageSearch.Cli.Settings;
using ImageSearch.Collections;

namespace ImageSearch.Cli.Commands;

/// <summary><c>collection create</c>, <c>drop</c>, <c>snapshot</c> and <c>restore</c>: what is done to a collection on a Qdrant server as a whole.</summary>
internal static class ServerCollectionCommands
{
    private const string Unfinished = ".part";

    /// <summary>Makes <c>create</c>.</summary>
    public static Verb Create(Shell shell)
    {
        var profile = new Option<CollectionProfile>("--profile")
        {
            Description = "The size that is expected: laptop (ten thousand pictures), node (a million on one server), cluster (a hundred million on three or more).",
            DefaultValueFactory = _ => CollectionProfile.Laptop,
        };
        var verb = new Verb(
            "create",
            "Make a collection on a Qdrant server, laid out for a size. Indexing makes one by itself, for a laptop.",
            new Example("imagesearch collection create --profile node --collection qdrant://localhost:6333/photos", "For a million pictures, with quantised vectors in memory."))
        {
            profile,
        };
        return Acting(shell, verb, async (home, server, parsed, cancellationToken) =>
        {
            await server.CreateAsync(home.Fingerprint, parsed.GetValue(profile), cancellationToken);
            shell.Terminal.Out.WriteLine($"{server.Address}: made for {home.Fingerprint}");
            return ExitCode.Done;
        });
    }

    /// <summary>Makes <c>drop</c>.</summary>
    public static Verb Drop(Shell shell)
    {
        var yes = Confirmation.Yes();
        var verb = new Verb(
            "drop",
            "Drop a collection of a Qdrant server with everything in it. Indexing again costs nothing for embeddings that are in the cache.",
            new Example("imagesearch collection drop --collection qdrant://localhost:6333/photos --yes", "Without a question."))
        {
            yes,
        };
        return Acting(shell, verb, async (_, server, parsed, cancellationToken) =>
        {
            if (!parsed.GetValue(yes) && !Confirmation.Given(shell.Terminal, $"Drop {server.Address}", "Files on disk are not touched."))
            {
                shell.Terminal.Error.WriteLine("Nothing was dropped.");
                return ExitCode.Failed;
            }

            await server.DropAsync(cancellationToken);
            shell.Terminal.Out.WriteLine($"{server.Address}: dropped");
            return ExitCode.Done;
        });
    }

    /// <summary>Makes <c>snapshot</c>.</summary>
    public static Verb Snapshot(Shell shell)
    {
        var file = new Argument<string>("FILE") { Description = "The file to write; it must not exist." };
        var verb = new Verb(
            "snapshot",
            "Save a collection of a Qdrant server to a file. Of a cluster, it holds what lies on the server asked.",
            new Example("imagesearch collection snapshot photos.snapshot --collection qdrant://localhost:6333/photos", "A backup of one server's collection."))
        {
            file,
        };
        return Acting(shell, verb, async (_, server, parsed, cancellationToken) =>
        {
            var path = shell.Absolute(parsed.GetRequiredValue(file));
            if (File.Exists(path))
            {
                throw new UsageException($"{path} exists. Name another file, or move it away.");
            }

            var bytes = await SaveAsync(server, path, cancellationToken);
            shell.Terminal.Out.WriteLine($"{server.Address}: {ByteSize.Text(bytes)} in {path}");
            return ExitCode.Done;
        });
    }

    /// <summary>Makes <c>restore</c>.</summary>
    public static Verb Restore(Shell shell)
    {
        var file = new Argument<string>("FILE") { Description = "A snapshot, made by a server of the same minor version." };
        var verb = new Verb(
            "restore",
            "Make a collection of a Qdrant server what a snapshot says, in place of what it was.",
            new Example("imagesearch collection restore photos.snapshot --collection qdrant://localhost:6333/photos", "The backup again, or on another server."))
        {
            file,
        };
        return Acting(shell, verb, async (_, server, parsed, cancellationToken) =>
        {
            var path = shell.Absolute(parsed.GetRequiredValue(file));
            if (!File.Exists(path))
            {
                throw new UsageException($"There is no file {path}.");
            }

            await using var snapshot = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.Asynchronous);
            await server.RestoreAsync(snapshot, cancellationToken);
            shell.Terminal.Out.WriteLine($"{server.Address}: restored from {path}");
            return ExitCode.Done;
        });
    }

    private static Verb Acting(Shell shell, Verb verb, Func<ImageSearchHome, QdrantServer, ParseResult, CancellationToken, Task<ExitCode>> act)
    {
        new HomeOptions().AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var options = ResolvedSettings.Of(parsed, shell).Options;
            using var home = new ImageSearchHome(options.Search, shell.Time);
            using var server = home.OpenServer()
                ?? throw new UsageException($"\"collection {verb.Name}\" works on a Qdrant server, and '{home.CollectionName}' lies in the home folder. Name one by --collection {QdrantAddress.Form}.");
            return (int)await act(home, server, parsed, cancellationToken);
        });
        return verb;
    }

    // Written beside and renamed, so that what has the name is whole.
    private static async Task<long> SaveAsync(QdrantServer server, string path, CancellationToken cancellationToken)
    {
        try
        {
            await using (var stream = new FileStream(path + Unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16, FileOptions.Asynchronous))
            {
                await server.SnapshotAsync(stream, cancellationToken);
            }

            File.Move(path + Unfinished, path);
            return new FileInfo(path).Length;
        }
        finally
        {
            File.Delete(path + Unfinished);
        }
    }
}
