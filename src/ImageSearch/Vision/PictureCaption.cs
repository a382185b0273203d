namespace ImageSearch.Vision;

/// <summary>What a model says about one picture. A picture may have told it what to say: plain text in bounded lines, to be escaped wherever it is shown.</summary>
/// <param name="Caption">One or two sentences of at most 300 characters.</param>
/// <param name="Tags">At most 12 words or short phrases, each of at most 40 characters, all different.</param>
/// <param name="VisibleText">What is written in the picture, at most 500 characters; empty where nothing can be read.</param>
public sealed record PictureCaption(string Caption, IReadOnlyList<string> Tags, string VisibleText)
{
    internal const int LongestCaption = 300;
    internal const int MostTags = 12;
    internal const int LongestTag = 40;
    internal const int LongestText = 500;
}
