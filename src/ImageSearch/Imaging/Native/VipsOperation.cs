namespace ImageSearch.Imaging.Native;

/// <summary>One libvips operation: made, given its arguments, run, released. Not reusable.</summary>
internal sealed unsafe class VipsOperation : IDisposable
{
    private readonly string _nickname;
    private nint _operation;

    /// <param name="nickname">For example <c>jpegload_source</c>.</param>
    /// <exception cref="VipsException">This build of libvips has no such operation.</exception>
    internal VipsOperation(string nickname)
    {
        _nickname = nickname;
        _operation = Libvips.OperationNew(nickname);
        if (_operation == 0)
        {
            throw Failure();
        }
    }

    /// <summary>Runs <paramref name="nickname"/> on one image and gives its image.</summary>
    internal static VipsImage Apply(string nickname, VipsImage input, string arguments = "")
    {
        using var operation = new VipsOperation(nickname);
        operation.SetImage("in", input);
        operation.Set(arguments);
        return operation.RunToImage();
    }

    /// <summary>True when this build of libvips has <paramref name="nickname"/>.</summary>
    internal static bool Exists(string nickname)
    {
        var operation = Libvips.OperationNew(nickname);
        if (operation == 0)
        {
            Libvips.ErrorClear();
            return false;
        }

        Libvips.ObjectUnref(operation);
        return true;
    }

    internal void SetImage(string name, VipsImage image) => SetObject(name, Libvips.ImageType(), image.Reference);

    internal void SetSource(string name, VipsObject source) => SetObject(name, Libvips.SourceType(), source);

    /// <summary>Sets scalars, enumerations and arrays: <c>shrink=2,fail_on=warning</c>.</summary>
    internal void Set(string arguments)
    {
        if (arguments.Length > 0 && Libvips.ObjectSetFromString(_operation, arguments) != 0)
        {
            throw Failure();
        }
    }

    internal VipsImage RunToImage()
    {
        Build();
        Libvips.GValue value = default;
        Libvips.ValueInit(&value, Libvips.ImageType());
        Libvips.ObjectGetProperty(_operation, "out", &value);
        var image = Libvips.ValueDupObject(&value);
        Libvips.ValueUnset(&value);
        return new VipsImage(image);
    }

    internal byte[] RunToBytes()
    {
        Build();
        Libvips.GValue value = default;
        Libvips.ValueInit(&value, Libvips.BlobType());
        Libvips.ObjectGetProperty(_operation, "buffer", &value);
        var bytes = Libvips.BlobGet(Libvips.ValueGetBoxed(&value), out var length);
        var copy = new ReadOnlySpan<byte>(bytes, checked((int)length)).ToArray();
        Libvips.ValueUnset(&value);
        return copy;
    }

    public void Dispose()
    {
        if (_operation != 0)
        {
            Libvips.ObjectUnrefOutputs(_operation);
            Libvips.ObjectUnref(_operation);
            _operation = 0;
        }
    }

    private void Build()
    {
        var built = Libvips.CacheOperationBuild(_operation);
        if (built == 0)
        {
            throw Failure();
        }

        Libvips.ObjectUnref(_operation);
        _operation = built;
    }

    private void SetObject(string name, nuint type, VipsObject instance)
    {
        Libvips.GValue value = default;
        Libvips.ValueInit(&value, type);
        Libvips.ValueSetObject(&value, instance);
        Libvips.ObjectSetProperty(_operation, name, &value);
        Libvips.ValueUnset(&value);
    }

    private VipsException Failure()
    {
        Libvips.ErrorClear();
        return new VipsException(_nickname);
    }
}
