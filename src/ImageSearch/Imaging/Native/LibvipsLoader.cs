using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ImageSearch.Imaging.Native;

/// <summary>Finds libvips, starts it once and shuts every loader that is not on the list.</summary>
internal static unsafe class LibvipsLoader
{
    internal const string PathVariable = "IMAGESEARCH_LIBVIPS";
    private const int LogCriticalWarningMessage = 0x38;

    private static readonly string[] AllowedLoaders =
    [
        "VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp",
        "VipsForeignLoadNsgif", "VipsForeignLoadHeif", "VipsForeignLoadTiff",
    ];

    private static readonly string[] Operations =
    [
        "copy", "resize", "thumbnail_image", "colourspace", "flatten", "cast", "icc_transform", "rot", "flip", "jpegsave_buffer", "webpsave_buffer",
        "jpegload_source", "pngload_source", "gifload_source", "webpload_source", "tiffload_source", "heifload_source",
    ];

    private static readonly Lazy<string> Start = new(StartOnce);

    /// <summary>Starts libvips if it is not running; gives the name or path that it was loaded by.</summary>
    /// <exception cref="ImageLibraryException">libvips is not installed or too old.</exception>
    internal static string EnsureStarted() => Start.Value;

    private static string StartOnce()
    {
        var (handle, name) = Load();
        NativeLibrary.SetDllImportResolver(
            typeof(Libvips).Assembly,
            (library, _, _) => library == Libvips.Library ? handle : 0);
        if (Libvips.Init("imagesearch") != 0)
        {
            throw new ImageLibraryException($"libvips was found at {name} but did not start.");
        }

        var (major, minor) = (Libvips.Version(0), Libvips.Version(1));
        if (major < 8 || (major == 8 && minor < 13))
        {
            throw new ImageLibraryException(
                $"libvips {major}.{minor} at {name} is too old: 8.13 or later is needed, which can switch untrusted loaders off. {InstallAdvice.ForThisSystem()}");
        }

        Libvips.ConcurrencySet(1);
        Libvips.CacheSetMax(0);
        Libvips.LogSetHandler("VIPS", LogCriticalWarningMessage, &DropMessage, 0);
        Libvips.BlockUntrustedSet(1);
        Libvips.OperationBlockSet("VipsForeignLoad", 1);
        foreach (var loader in AllowedLoaders)
        {
            Libvips.OperationBlockSet(loader, 0);
        }

        Rehearse();
        return name;
    }

    /// <summary>
    /// Does once, on one thread, what pictures need. libvips registers its enumerations on their first use without a lock: when two
    /// threads begin at the same time, one of them may get none, and a sound picture would be refused.
    /// </summary>
    private static void Rehearse()
    {
        foreach (var operation in Operations)
        {
            _ = VipsOperation.Exists(operation);
        }

        using var pixels = VipsImage.FromPixels(new ImagePixels(2, 2, new byte[2 * 2 * 3]));
        using var smaller = VipsOperation.Apply("resize", pixels, "scale=0.5,kernel=linear");
        using var colour = VipsOperation.Apply("colourspace", smaller, "space=srgb");
        using var finished = colour.CopyToMemory();
    }

    private static (nint Handle, string Name) Load()
    {
        var chosen = Environment.GetEnvironmentVariable(PathVariable);
        var candidates = LibvipsCandidates.InOrder(chosen, AppContext.BaseDirectory).ToList();
        foreach (var candidate in candidates)
        {
            if (NativeLibrary.TryLoad(candidate, out var handle))
            {
                return (handle, candidate);
            }
        }

        throw new ImageLibraryException(!string.IsNullOrWhiteSpace(chosen)
            ? $"{PathVariable} names {chosen}, which cannot be loaded. Correct or unset it. {InstallAdvice.ForThisSystem()}"
            : $"libvips, which decodes pictures, is not installed (looked for {string.Join(", ", candidates)}). {InstallAdvice.ForThisSystem()}");
    }

    // Warnings about one picture would otherwise be printed on the standard error of whoever embeds the library.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void DropMessage(nint domain, int level, nint message, nint state)
    {
    }
}
