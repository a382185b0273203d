namespace ImageSearch.Collections.Embedded;

/// <summary>What a collection says about itself and never changes.</summary>
internal sealed record CollectionHeader(Guid InstanceId, CollectionFingerprint Fingerprint, DateTimeOffset Created);
