using Microsoft.Win32.SafeHandles;

namespace ImageSearch.Imaging.Native;

/// <summary>One counted reference to a GObject (image, source), given back exactly once.</summary>
internal sealed class VipsObject : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>Takes over the reference <paramref name="instance"/>.</summary>
    internal VipsObject(nint instance)
        : base(ownsHandle: true) => SetHandle(instance);

    protected override bool ReleaseHandle()
    {
        Libvips.ObjectUnref(handle);
        return true;
    }
}
