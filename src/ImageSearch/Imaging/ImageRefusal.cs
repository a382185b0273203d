namespace ImageSearch.Imaging;

/// <summary>Why a picture was refused: a closed list, shown to people and stored in the ledger.</summary>
public enum ImageRefusal
{
    /// <summary>The bytes are no picture format that the house knows.</summary>
    UnknownFormat,

    /// <summary>A known format that this build of the library cannot decode, or one that is never opened (SVG, PDF, PSD …).</summary>
    UnsupportedFormat,

    /// <summary>More bytes, pixels or memory than <see cref="ImageLimits"/> allows, told from the header.</summary>
    TooLarge,

    /// <summary>The file ends before the picture does.</summary>
    Truncated,

    /// <summary>The bytes contradict the format.</summary>
    Corrupt,

    /// <summary>Decoding took longer than allowed.</summary>
    TimedOut,

    /// <summary>The process died while it was on this picture in an earlier run.</summary>
    CrashedTheDecoder,

    /// <summary>The embedding model does not take this picture.</summary>
    RejectedByModel,

    /// <summary>The file could not be read (permission, vanished, I/O error, name that is not UTF-8, not a regular file).</summary>
    Unreadable,
}
