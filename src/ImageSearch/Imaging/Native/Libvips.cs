using System.Runtime.InteropServices;

namespace ImageSearch.Imaging.Native;

/// <summary>
/// The entry points of libvips (and of GObject, which it carries) that the house uses. None of the variadic ones: scalars are
/// set as text by <see cref="ObjectSetFromString"/>, objects as GValues. Works with libvips 8.13 and later.
/// </summary>
internal static unsafe partial class Libvips
{
    internal const string Library = "vips";

    [LibraryImport(Library, EntryPoint = "vips_init", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Init(string programName);

    [LibraryImport(Library, EntryPoint = "vips_version")]
    internal static partial int Version(int part);

    [LibraryImport(Library, EntryPoint = "vips_error_clear")]
    internal static partial void ErrorClear();

    [LibraryImport(Library, EntryPoint = "vips_concurrency_set")]
    internal static partial void ConcurrencySet(int threads);

    [LibraryImport(Library, EntryPoint = "vips_cache_set_max")]
    internal static partial void CacheSetMax(int operations);

    [LibraryImport(Library, EntryPoint = "vips_block_untrusted_set")]
    internal static partial void BlockUntrustedSet(int blocked);

    [LibraryImport(Library, EntryPoint = "vips_operation_block_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void OperationBlockSet(string className, int blocked);

    [LibraryImport(Library, EntryPoint = "vips_tracked_get_allocs")]
    internal static partial int TrackedAllocations();

    [LibraryImport(Library, EntryPoint = "vips_tracked_get_mem")]
    internal static partial nuint TrackedMemory();

    [LibraryImport(Library, EntryPoint = "vips_operation_new", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint OperationNew(string nickname);

    [LibraryImport(Library, EntryPoint = "vips_object_set_from_string", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ObjectSetFromString(nint instance, string arguments);

    [LibraryImport(Library, EntryPoint = "vips_cache_operation_build")]
    internal static partial nint CacheOperationBuild(nint operation);

    [LibraryImport(Library, EntryPoint = "vips_object_unref_outputs")]
    internal static partial void ObjectUnrefOutputs(nint instance);

    [LibraryImport(Library, EntryPoint = "vips_source_new_from_memory")]
    internal static partial nint SourceNewFromMemory(byte* bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "vips_image_new_from_memory_copy")]
    internal static partial nint ImageNewFromMemoryCopy(byte* pixels, nuint length, int width, int height, int bands, int format);

    [LibraryImport(Library, EntryPoint = "vips_image_copy_memory")]
    internal static partial nint ImageCopyMemory(VipsObject image);

    [LibraryImport(Library, EntryPoint = "vips_image_write_to_memory")]
    internal static partial byte* ImageWriteToMemory(VipsObject image, out nuint length);

    [LibraryImport(Library, EntryPoint = "vips_image_set_kill")]
    internal static partial void ImageSetKill(VipsObject image, int kill);

    [LibraryImport(Library, EntryPoint = "vips_image_get_width")]
    internal static partial int ImageWidth(VipsObject image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_height")]
    internal static partial int ImageHeight(VipsObject image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_bands")]
    internal static partial int ImageBands(VipsObject image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_format")]
    internal static partial int ImageBandFormat(VipsObject image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_interpretation")]
    internal static partial int ImageInterpretation(VipsObject image);

    [LibraryImport(Library, EntryPoint = "vips_image_hasalpha")]
    internal static partial int ImageHasAlpha(VipsObject image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_typeof", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nuint ImageTypeOf(VipsObject image, string field);

    [LibraryImport(Library, EntryPoint = "vips_image_get_blob", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ImageGetBlob(VipsObject image, string field, out byte* bytes, out nuint length);

    [LibraryImport(Library, EntryPoint = "vips_image_get_type")]
    internal static partial nuint ImageType();

    [LibraryImport(Library, EntryPoint = "vips_source_get_type")]
    internal static partial nuint SourceType();

    [LibraryImport(Library, EntryPoint = "vips_blob_get_type")]
    internal static partial nuint BlobType();

    [LibraryImport(Library, EntryPoint = "vips_blob_get")]
    internal static partial byte* BlobGet(nint blob, out nuint length);

    [LibraryImport(Library, EntryPoint = "g_value_init")]
    internal static partial GValue* ValueInit(GValue* value, nuint type);

    [LibraryImport(Library, EntryPoint = "g_value_unset")]
    internal static partial void ValueUnset(GValue* value);

    [LibraryImport(Library, EntryPoint = "g_value_set_object")]
    internal static partial void ValueSetObject(GValue* value, VipsObject instance);

    [LibraryImport(Library, EntryPoint = "g_value_dup_object")]
    internal static partial nint ValueDupObject(GValue* value);

    [LibraryImport(Library, EntryPoint = "g_value_get_boxed")]
    internal static partial nint ValueGetBoxed(GValue* value);

    [LibraryImport(Library, EntryPoint = "g_object_set_property", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void ObjectSetProperty(nint instance, string property, GValue* value);

    [LibraryImport(Library, EntryPoint = "g_object_get_property", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void ObjectGetProperty(nint instance, string property, GValue* value);

    [LibraryImport(Library, EntryPoint = "g_object_unref")]
    internal static partial void ObjectUnref(nint instance);

    [LibraryImport(Library, EntryPoint = "g_free")]
    internal static partial void Free(void* memory);

    [LibraryImport(Library, EntryPoint = "g_log_set_handler", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial uint LogSetHandler(string domain, int levels, delegate* unmanaged[Cdecl]<nint, int, nint, nint, void> handler, nint state);

    /// <summary>GObject's variant type: a type id and two words of payload.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct GValue
    {
        private readonly nuint _type;
        private readonly ulong _first;
        private readonly ulong _second;
    }
}
