using System.Text.Json;
using System.Text.Json.Serialization;
using ImageSearch.Collections;

namespace ImageSearch;

/// <summary>Which collection is used where no setting names one, and which was used before: the file <c>current.json</c> of a home.</summary>
/// <param name="Format">The file's format.</param>
/// <param name="Now">The collection in use.</param>
/// <param name="Before">The one that <see cref="RollBackAsync"/> goes back to.</param>
/// <param name="Alias">The alias that stands for the collection on its server, and is moved with each switch on that server; null for none.</param>
public sealed record CurrentCollection(int Format, CollectionChoice Now, CollectionChoice Before, string? Alias = null)
{
    /// <summary>Name of the file in the home folder.</summary>
    public const string FileName = "current.json";

    private const int KnownFormat = 1;

    /// <summary>Reads what a home folder says; null where it says nothing, because nothing was ever switched.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or of a newer version; the message says what to do.</exception>
    public static CurrentCollection? Read(string home)
    {
        var path = Path.Combine(home, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var current = JsonSerializer.Deserialize(File.ReadAllBytes(path), CurrentCollectionJson.Default.CurrentCollection);
            return current switch
            {
                { Format: > KnownFormat } => throw new InvalidDataException($"{path} was written by a newer version of the program (format {current.Format}). Use that version."),
                { Format: KnownFormat, Now.Collection.Length: > 0, Before.Collection.Length: > 0 } => current,
                _ => throw new JsonException("it names no collections"),
            };
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path} cannot be read: {failure.Message} Restore it, or delete it and switch again.", failure);
        }
    }

    /// <summary>Makes a collection the one in use, and remembers the one of the options as that before. It must be there, with vectors of its making.</summary>
    /// <param name="options">What is in use.</param>
    /// <param name="to">What is used from now on.</param>
    /// <param name="alias">The alias on the collection's server to make stand for it; null for none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it before anything is switched.</param>
    /// <exception cref="CollectionException">The collection cannot be used; nothing is switched.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task<CurrentCollection> SwitchAsync(
        ImageSearchOptions options, CollectionChoice to, string? alias, TimeProvider time, CancellationToken cancellationToken)
    {
        using var home = new ImageSearchHome(options, time);
        var current = new CurrentCollection(KnownFormat, to, home.Choice, alias);
        await current.WriteAsync(options, time, cancellationToken);
        return current;
    }

    /// <summary>Goes back to the collection that was in use before; going back again undoes that.</summary>
    /// <param name="options">Where the home lies, and the key of the server.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it before anything is switched.</param>
    /// <exception cref="CollectionException">That collection cannot be used any more; nothing is switched.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task<CurrentCollection> RollBackAsync(ImageSearchOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var back = this with { Now = Before, Before = Now };
        await back.WriteAsync(options, time, cancellationToken);
        return back;
    }

    private async Task WriteAsync(ImageSearchOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var home = new ImageSearchHome(Now.In(options), time);
        await using (await home.OpenCollectionAsync(CollectionAccess.Read, cancellationToken))
        {
            using var server = home.OpenServer();
            if (server is not null && Alias is not null)
            {
                await server.PointAliasAsync(Alias, cancellationToken);
            }

            // Written beside and renamed: whoever reads it meanwhile reads the former or the new one, whole.
            var path = Path.Combine(home.Folder, FileName);
            _ = Directory.CreateDirectory(home.Folder);
            await File.WriteAllBytesAsync(path + ".new", JsonSerializer.SerializeToUtf8Bytes(this, CurrentCollectionJson.Default.CurrentCollection), cancellationToken);
            File.Move(path + ".new", path, overwrite: true);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CurrentCollection))]
internal sealed partial class CurrentCollectionJson : JsonSerializerContext;
