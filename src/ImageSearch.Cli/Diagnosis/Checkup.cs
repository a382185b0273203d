using System.Globalization;
using System.Runtime.CompilerServices;
using ImageSearch.Cli.Output;
using ImageSearch.Collections;
using ImageSearch.Embedding;
using ImageSearch.Imaging;
using ImageSearch.Indexing;

namespace ImageSearch.Cli.Diagnosis;

/// <summary>Looks at everything that a search or a run of the indexer needs.</summary>
internal sealed class Checkup(ImageSearchHome home, ImageSearchOptions options, bool isLive, TimeProvider time)
{
    private const long LeastFreeBytes = 1L << 30;
    private static readonly ImageFormat[] Needed = [ImageFormat.Jpeg, ImageFormat.Png, ImageFormat.Gif, ImageFormat.Webp];

    /// <summary>All checks, one after another.</summary>
    public async IAsyncEnumerable<Check> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new Check(".NET", Environment.Version.ToString());
        foreach (var check in ImageLibraryChecks())
        {
            yield return check;
        }

        yield return Home();
        yield return FreeSpace();
        yield return Cache();
        foreach (var name in home.IsOnServer ? home.Collections.Append(home.CollectionName) : home.Collections)
        {
            yield return await CollectionAsync(name, cancellationToken);
        }

        foreach (var check in Libraries())
        {
            yield return check;
        }

        yield return await new TrialPoint(home, time).TryAsync(cancellationToken);
        yield return await ProviderAsync(cancellationToken);
    }

    private static IEnumerable<Check> ImageLibraryChecks()
    {
        try
        {
            return [new Check("libvips", $"{ImageLibrary.Version} ({ImageLibrary.Path})"), Formats(ImageLibrary.Formats)];
        }
        catch (ImageLibraryException exception)
        {
            return [new Check("libvips", "not usable", exception.Message)];
        }
    }

    private static Check Formats(IReadOnlyList<ImageFormatSupport> formats)
    {
        var decoded = Names(formats.Where(format => format.IsDecoded));
        var refused = Names(formats.Where(format => !format.IsDecoded));
        var finding = refused.Length > 0 ? $"{decoded}; not decoded here, so refused: {refused}" : decoded;
        return formats.Any(format => !format.IsDecoded && Needed.Contains(format.Format))
            ? new Check("formats", finding, "Install a libvips that decodes jpeg, png, gif and webp; distributions' own packages do.")
            : new Check("formats", finding);
    }

    private static string Names(IEnumerable<ImageFormatSupport> formats) => string.Join(", ", formats.Select(format => format.Format.ToString().ToLowerInvariant()));

    private Check Home()
    {
        var probe = Path.Combine(home.Folder, $".doctor-{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(home.Folder);
            File.WriteAllBytes(probe, [1]);
            File.Delete(probe);
            return new Check("home", $"{home.Folder} is writable");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Check("home", exception.Message, $"Make {home.Folder} writable, or name another folder by --home or IMAGESEARCH_HOME.");
        }
    }

    private Check FreeSpace()
    {
        var folder = home.Folder;
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        var free = new DriveInfo(folder).AvailableFreeSpace;
        var finding = $"{ByteSize.Text(free)} free";
        return free >= LeastFreeBytes ? new Check("disk", finding) : new Check("disk", finding, $"Free at least {ByteSize.Text(LeastFreeBytes)}, or move the home folder.");
    }

    private Check Cache()
    {
        if (!File.Exists(home.CachePath))
        {
            return new Check("embedding cache", "empty");
        }

        try
        {
            var statistics = home.Cache.Statistics();
            return new Check("embedding cache", $"{statistics.Entries:N0} vectors, {ByteSize.Text(statistics.Bytes)}");
        }
        catch (EmbeddingCacheException exception)
        {
            return new Check("embedding cache", "not usable", exception.Message);
        }
    }

    private async Task<Check> CollectionAsync(string name, CancellationToken cancellationToken)
    {
        var subject = $"collection {name}";
        try
        {
            await using var collection = await home.OpenCollectionAsync(name, CollectionAccess.Read, cancellationToken);
            var pictures = await collection.CountAsync(ImageFilter.All, cancellationToken);
            var size = collection is EmbeddedCollection embedded ? $", {ByteSize.Text((await embedded.InfoAsync(cancellationToken)).BytesOnDisk)}" : "";
            return new Check(subject, $"{pictures:N0} pictures{size}; {collection.Fingerprint}");
        }
        catch (CollectionException exception) when (exception.Fault == CollectionFault.NotFound)
        {
            return new Check(subject, "not made yet; the first picture that is indexed makes it");
        }
        catch (CollectionException exception)
        {
            return new Check(subject, "not usable", exception.Message);
        }
    }

    private async Task<Check> ProviderAsync(CancellationToken cancellationToken)
    {
        var subject = $"provider {options.Provider.ToString().ToLowerInvariant()}";
        if (options.Provider != EmbeddingProvider.Offline && !isLive)
        {
            return new Check(subject, $"{home.Fingerprint.Model}; not called, because calls cost money: `imagesearch doctor --live` embeds one text and one picture");
        }

        try
        {
            var trial = await home.TryProviderAsync(cancellationToken);
            return new Check(subject, string.Create(
                CultureInfo.InvariantCulture,
                $"{home.Fingerprint.Model}: text in {trial.TextTime.TotalMilliseconds:0} ms, picture in {trial.PictureTime.TotalMilliseconds:0} ms; \"{ProviderTrial.Text}\" and one score {trial.Cosine:0.000}"));
        }
        catch (Exception exception) when (exception is EmbeddingException or ImageLibraryException)
        {
            return new Check(subject, "gave no embedding", exception.Message);
        }
    }

    private IEnumerable<Check> Libraries()
    {
        try
        {
            return [.. home.Libraries.List().Select(library => Directory.Exists(library.Root)
                ? new Check($"library {library.Name}", library.Root)
                : new Check($"library {library.Name}", $"{library.Root} is missing", $"Mount its disk, or drop it: imagesearch forget {library.Name}"))];
        }
        catch (IndexException exception)
        {
            return [new Check("libraries", "not readable", exception.Message)];
        }
    }
}
