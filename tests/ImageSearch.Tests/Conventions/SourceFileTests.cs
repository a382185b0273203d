using System.Text.RegularExpressions;
using Xunit;

namespace ImageSearch.Tests.Conventions;

public sealed partial class SourceFileTests
{
    private const int MostLines = 300;
    private const int MostLinesOfMethod = 40;

    [Fact]
    public void A_file_is_at_most_300_lines_long()
    {
        var offences =
            from file in SourceTree.Sources
            let lines = SourceTree.Lines(file).Length
            where lines > MostLines
            select $"{file} has {lines} lines";

        Offences.None(offences);
    }

    [Fact]
    public void A_method_is_at_most_40_lines_of_code()
    {
        var offences =
            from file in SourceTree.Sources
            from block in Blocks(SourceTree.Lines(file))
            where block.Lines > MostLinesOfMethod
            select $"{file}:{block.Start} has {block.Lines} lines";

        Offences.None(offences);
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var offences =
            from file in SourceTree.Sources
            let parts = file.Split('/')
            let expected = string.Join('.', parts[1..^1])
            let stated = Namespace().Match(SourceTree.Read(file))
            where stated.Success && stated.Groups["name"].Value != expected
            select $"{file} says {stated.Groups["name"].Value}";

        Offences.None(offences);
    }

    [Fact]
    public void A_file_of_the_library_holds_one_public_type_and_has_its_name()
    {
        var offences =
            from file in SourceTree.Sources
            where file.StartsWith("src/ImageSearch/", StringComparison.Ordinal)
            let types = PublicType().Matches(SourceTree.Read(file)).Select(match => match.Groups["name"].Value).ToList()
            where types.Count > 1 || (types.Count == 1 && types[0] != Path.GetFileNameWithoutExtension(file).Split('.')[0])
            select $"{file} holds {string.Join(", ", types)}";

        Offences.None(offences);
    }

    [Fact]
    public void A_room_names_only_the_rooms_that_it_may_know()
    {
        // What the compiler folds away (constants, nameof) leaves no trace in the assembly, but its using directive does here.
        var offences =
            from room in new[] { "Imaging", "Collections", "Indexing", "Searching" }
            from file in SourceTree.Sources
            where file.StartsWith($"src/ImageSearch/{room}/", StringComparison.Ordinal)
            from used in Using().Matches(SourceTree.Read(file)).Select(match => match.Groups["room"].Value)
            where used != room && !(room is "Collections" && used is "Qdrant") && !(room is "Indexing" or "Searching" && used is "Imaging" or "Collections")
                && !(room is "Searching" && used is "Vision")
            select $"{file} uses {used}";

        Offences.None(offences);
    }

    [Fact]
    public void Nothing_is_left_to_do_and_nothing_is_switched_off_without_its_reason()
    {
        var offences =
            from file in SourceTree.Sources
            where Path.GetFileName(file) != "SourceFileTests.cs"
            from line in SourceTree.Lines(file).Select((text, index) => (Text: text, Number: index + 1))
            where Unfinished().IsMatch(line.Text)
            select $"{file}:{line.Number}: {line.Text.Trim()}";

        Offences.None(offences);
    }

    [Fact]
    public void No_file_names_a_place_of_the_machine_it_was_written_on_or_a_package_feed()
    {
        var offences =
            from file in SourceTree.Texts
            where Path.GetFileName(file) != "SourceFileTests.cs"
            from line in SourceTree.Lines(file).Select((text, index) => (Text: text, Number: index + 1))
            where MachinePlace().IsMatch(line.Text)
            select $"{file}:{line.Number}: {line.Text.Trim()}";

        Offences.None(offences);
    }

    [Fact]
    public void A_long_method_is_seen()
    {
        string[] lines = ["class C", "{", "    void M()", "    {", .. Enumerable.Repeat("        A();", 41), "    }", "}"];

        Assert.Equal([(3, 41)], Blocks(lines));
    }

    /// <summary>Members' bodies by their braces, which stand on lines of their own at the depth of a member or a nested type's member.</summary>
    private static IEnumerable<(int Start, int Lines)> Blocks(string[] lines)
    {
        foreach (var brace in new[] { "    {", "        {" })
        {
            for (var start = 0; start < lines.Length; start++)
            {
                if (lines[start] == brace && !IsType(lines, start))
                {
                    var end = Array.FindIndex(lines, start, line => line.StartsWith(brace[..^1] + "}", StringComparison.Ordinal));
                    yield return (start, lines[(start + 1)..end].Count(IsCode));
                }
            }
        }
    }

    private static bool IsCode(string line) => line.Trim() is not ("" or "{" or "}") && !line.TrimStart().StartsWith("//", StringComparison.Ordinal);

    private static bool IsType(string[] lines, int brace)
    {
        var header = lines[..brace].Reverse().TakeWhile(line => line.Length > 0 && line.TrimEnd()[^1] is not (';' or '{' or '}'));
        return header.Any(line => TypeHeader().IsMatch(line));
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^public [\w ]*?(class|record struct|record|struct|interface|enum|delegate [\w<>?]+) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^using (static )?(\w+ = )?ImageSearch\.(?<room>\w+)", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"^\s*(public|internal|private|protected|file)\b.*\b(class|record|struct|interface|enum)\b")]
    private static partial Regex TypeHeader();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|Skip = ""|#region|catch \(Exception\)\s*$|async void")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"(?<![\w.~])/(work|root|home|Users)/\w|https?://[^\s""]*(nuget|npmjs|pypi|artifactory|registry)")]
    private static partial Regex MachinePlace();
}
