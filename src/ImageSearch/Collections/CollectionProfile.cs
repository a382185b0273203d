namespace ImageSearch.Collections;

/// <summary>How a new collection on a Qdrant server is laid out, by the size that is expected of it.</summary>
public enum CollectionProfile
{
    /// <summary>Some ten thousand pictures: the server's defaults, all vectors in memory and none quantised.</summary>
    Laptop,

    /// <summary>About a million pictures on one server: half-precision vectors on the disk, quantised ones in memory, two shards.</summary>
    Node,

    /// <summary>A hundred million pictures on three servers or more: the same in twelve shards, each of them twice.</summary>
    Cluster,
}
