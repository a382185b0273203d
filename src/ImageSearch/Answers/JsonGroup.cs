namespace ImageSearch.Answers;

/// <summary>The group that a hit stands for.</summary>
/// <param name="Name">The folder, the day or the camera; empty for the pictures that lack it.</param>
/// <param name="More">How many further pictures of the group were looked at and are not in the answer.</param>
public sealed record JsonGroup(string Name, int More);
