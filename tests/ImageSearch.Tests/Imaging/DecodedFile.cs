namespace ImageSearch.Tests.Imaging;

/// <summary>One line of <see cref="DecodeEachProgram"/>.</summary>
internal sealed record DecodedFile(string Path, string Outcome, long CpuMilliseconds)
{
    /// <summary>Stands for a path in the last line, whose number is the largest resident memory in MiB.</summary>
    internal const string End = "*";

    internal const string Accepted = "accepted";

    /// <summary>Null for a line that was broken off, because the process ended.</summary>
    internal static DecodedFile? Parse(string line) =>
        line.Split('\t') is [var path, var outcome, var number] && long.TryParse(number, out var value)
            ? new DecodedFile(path, outcome, value)
            : null;
}
