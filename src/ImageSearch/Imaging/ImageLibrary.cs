using System.Diagnostics;
using ImageSearch.Imaging.Native;

namespace ImageSearch.Imaging;

/// <summary>libvips itself: which one is loaded and what it can decode.</summary>
public static class ImageLibrary
{
    private static readonly Lazy<IReadOnlyList<ImageFormatSupport>> Probed = new(Probe);
    private static readonly Lazy<bool> WritesWebp = new(HasWebpSaver);

    /// <summary>The version of libvips, for example <c>8.14.1</c>.</summary>
    /// <exception cref="ImageLibraryException">libvips is not installed.</exception>
    public static string Version
    {
        get
        {
            LibvipsLoader.EnsureStarted();
            return $"{Libvips.Version(0)}.{Libvips.Version(1)}.{Libvips.Version(2)}";
        }
    }

    /// <summary>The file that libvips was loaded from; the name that the system resolved where the file cannot be told.</summary>
    /// <exception cref="ImageLibraryException">libvips is not installed.</exception>
    public static string Path
    {
        get
        {
            var name = LibvipsLoader.EnsureStarted();
            if (System.IO.Path.IsPathRooted(name))
            {
                return name;
            }

            using var process = Process.GetCurrentProcess();
            return process.Modules.Cast<ProcessModule>().FirstOrDefault(
                module => module.ModuleName.StartsWith(System.IO.Path.GetFileNameWithoutExtension(name), StringComparison.OrdinalIgnoreCase))?.FileName ?? name;
        }
    }

    /// <summary>Every format of <see cref="ImageFormat"/> and whether this machine decodes it, found out by trying.</summary>
    /// <exception cref="ImageLibraryException">libvips is not installed.</exception>
    public static IReadOnlyList<ImageFormatSupport> Formats => Probed.Value;

    /// <summary>True when this machine decodes <paramref name="format"/>.</summary>
    /// <exception cref="ImageLibraryException">libvips is not installed.</exception>
    public static bool CanDecode(ImageFormat format) => Formats.Any(support => support.Format == format && support.IsDecoded);

    /// <summary>True when this machine writes WebP.</summary>
    /// <exception cref="ImageLibraryException">libvips is not installed.</exception>
    public static bool CanEncodeWebp => WritesWebp.Value;

    private static bool HasWebpSaver()
    {
        LibvipsLoader.EnsureStarted();
        return VipsOperation.Exists(ImageFitter.WebpSaver);
    }

    private static List<ImageFormatSupport> Probe()
    {
        LibvipsLoader.EnsureStarted();
        return [.. Enum.GetValues<ImageFormat>().Select(format => new ImageFormatSupport(format, FormatProbe.Decodes(format)))];
    }
}
