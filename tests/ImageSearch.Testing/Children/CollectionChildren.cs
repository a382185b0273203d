using ImageSearch.Collections;

namespace ImageSearch.Testing.Children;

/// <summary>Processes that hold a collection open.</summary>
public static class CollectionChildren
{
    /// <summary>Arguments: folder, first step. Takes step after step of <see cref="CollectionSteps"/> and says its number when it is acknowledged, until killed.</summary>
    public const string Write = "write-collection";

    /// <summary>Argument: folder. Opens for writing, says so, and closes when its standard input ends.</summary>
    public const string Hold = "hold-collection";

    internal static async Task WriteAsync(string[] arguments)
    {
        await using var collection = await OpenAsync(arguments[0]);
        for (var step = int.Parse(arguments[1]); ; step++)
        {
            await CollectionSteps.TakeAsync(collection, step);
            await Console.Out.WriteLineAsync($"{step}");
        }
    }

    internal static async Task HoldAsync(string[] arguments)
    {
        await using var collection = await OpenAsync(arguments[0]);
        await Console.Out.WriteLineAsync("open");
        await Console.In.ReadToEndAsync();
    }

    private static Task<EmbeddedCollection> OpenAsync(string folder) =>
        EmbeddedCollection.OpenAsync(folder, CollectionSteps.Fingerprint, CollectionAccess.Write, TimeProvider.System, CancellationToken.None);
}
