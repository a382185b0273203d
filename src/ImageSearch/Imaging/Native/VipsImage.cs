namespace ImageSearch.Imaging.Native;

/// <summary>An image of libvips: lazy until it is copied to memory or saved.</summary>
internal sealed unsafe class VipsImage : IDisposable
{
    internal const int InterpretationCmyk = 15;
    internal const int InterpretationSrgb = 22;
    private const int FormatUnsignedByte = 0;
    private const string IccProfileField = "icc-profile-data";

    /// <summary>Takes over the reference <paramref name="image"/>.</summary>
    internal VipsImage(nint image) => Reference = new VipsObject(image);

    internal VipsObject Reference { get; }

    internal int Width => Libvips.ImageWidth(Reference);

    internal int Height => Libvips.ImageHeight(Reference);

    internal int Bands => Libvips.ImageBands(Reference);

    internal int Interpretation => Libvips.ImageInterpretation(Reference);

    internal bool HasAlpha => Libvips.ImageHasAlpha(Reference) != 0;

    internal bool IsEightBit => Libvips.ImageBandFormat(Reference) == FormatUnsignedByte;

    /// <summary>The embedded ICC profile, empty without one; valid while the image lives.</summary>
    internal ReadOnlySpan<byte> IccProfile =>
        Libvips.ImageTypeOf(Reference, IccProfileField) != 0
        && Libvips.ImageGetBlob(Reference, IccProfileField, out var bytes, out var length) == 0
            ? new ReadOnlySpan<byte>(bytes, checked((int)length))
            : [];

    /// <summary>
    /// Opens an encoded picture with the loader of that name. The image reads <paramref name="bytes"/> in place, so they must stay
    /// pinned until it has been copied to memory and disposed.
    /// </summary>
    internal static VipsImage Open(string loader, byte* bytes, int length, string arguments)
    {
        using var source = new VipsObject(Libvips.SourceNewFromMemory(bytes, (nuint)length));
        using var operation = new VipsOperation(loader);
        operation.SetSource("source", source);
        operation.Set(arguments);
        return operation.RunToImage();
    }

    /// <summary>An image of 8-bit RGB pixels, copied.</summary>
    internal static VipsImage FromPixels(ImagePixels pixels)
    {
        fixed (byte* rgb = pixels.Rgb.Span)
        {
            var image = Libvips.ImageNewFromMemoryCopy(rgb, (nuint)pixels.Rgb.Length, pixels.Width, pixels.Height, 3, FormatUnsignedByte);
            if (image == 0)
            {
                Libvips.ErrorClear();
                throw new VipsException("image_new_from_memory_copy");
            }

            using var plain = new VipsImage(image);
            return VipsOperation.Apply("copy", plain, "interpretation=srgb");
        }
    }

    /// <summary>Decodes now, into memory of libvips, so that the result may be read many times and the source may go.</summary>
    internal VipsImage CopyToMemory()
    {
        var copy = Libvips.ImageCopyMemory(Reference);
        if (copy == 0)
        {
            Libvips.ErrorClear();
            throw new VipsException("image_copy_memory");
        }

        return new VipsImage(copy);
    }

    /// <summary>The pixels of an 8-bit RGB image.</summary>
    internal ImagePixels ToPixels()
    {
        var (width, height) = (Width, Height);
        var memory = Libvips.ImageWriteToMemory(Reference, out var length);
        if (memory == null)
        {
            Libvips.ErrorClear();
            throw new VipsException("image_write_to_memory");
        }

        try
        {
            return new ImagePixels(width, height, new ReadOnlySpan<byte>(memory, checked((int)length)).ToArray());
        }
        finally
        {
            Libvips.Free(memory);
        }
    }

    /// <summary>Makes every further computation of this image fail soon; from any thread.</summary>
    internal void Kill() => Libvips.ImageSetKill(Reference, 1);

    public void Dispose() => Reference.Dispose();
}
