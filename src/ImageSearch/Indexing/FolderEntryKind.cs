namespace ImageSearch.Indexing;

/// <summary>What an entry of a folder is.</summary>
internal enum FolderEntryKind
{
    File,
    Folder,
    Link,

    /// <summary>A FIFO, socket or device.</summary>
    Special,

    /// <summary>Its name or its attributes cannot be read.</summary>
    Unreadable,

    /// <summary>Gone since the folder was listed.</summary>
    Gone,
}
