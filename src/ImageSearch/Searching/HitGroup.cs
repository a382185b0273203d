namespace ImageSearch.Searching;

/// <summary>The group that a hit stands for.</summary>
/// <param name="Name">The folder as <c>library/folder</c>, the day as <c>2024-05-31</c>, or the camera; empty for the pictures that lack it.</param>
/// <param name="More">
/// How many further pictures of the group, copies aside, were among those looked at and are not in the answer. The collection may hold
/// more of them, ranked lower.
/// </param>
public sealed record HitGroup(string Name, int More);
