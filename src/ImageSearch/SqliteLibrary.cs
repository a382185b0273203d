using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace ImageSearch;

/// <summary>
/// Keeps two SQLite libraries in one process apart on Linux. libvips loads its modules with global symbols, and one of them
/// (vips-openslide) brings the system's libsqlite3 along; calls within our own SQLite library that are not bound yet would then
/// end in that other one and crash the process. So ours is loaded bound to itself.
/// </summary>
internal static partial class SqliteLibrary
{
    private const int BindNow = 0x2; // RTLD_NOW
    private const int PreferOwnSymbols = 0x8; // RTLD_DEEPBIND

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Must come before whichever room uses SQLite first; hosts should not have to know.")]
    internal static void BindToItself()
    {
        if (OperatingSystem.IsLinux())
        {
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Load);
        }
    }

    private static nint Load(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        // How a library is bound is decided when it is first loaded: it is loaded as usual to learn where it lies, and let go.
        if (!NativeLibrary.TryLoad(name, assembly, searchPath, out var handle))
        {
            return 0;
        }

        var isFound = FindSymbol(NativeLibrary.GetExport(handle, "sqlite3_libversion"), out var symbol) != 0;
        var path = isFound ? Marshal.PtrToStringUTF8(symbol.FileName) : null;
        NativeLibrary.Free(handle);
        return path is null ? 0 : Open(path, BindNow | PreferOwnSymbols);
    }

    [LibraryImport("libc", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dladdr")]
    private static partial int FindSymbol(nint address, out SymbolInfo info);

    /// <summary>Dl_info of dlfcn.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct SymbolInfo
    {
        public readonly nint FileName;
        private readonly nint _fileBase;
        private readonly nint _symbolName;
        private readonly nint _symbolAddress;
    }
}
