namespace ImageSearch.Testing.Bedrock;

/// <summary>A picture that a conversation model was shown.</summary>
/// <param name="Heading">The text block right before it; empty where there is none.</param>
/// <param name="Bytes">The picture.</param>
public sealed record FakePicture(string Heading, ReadOnlyMemory<byte> Bytes);
