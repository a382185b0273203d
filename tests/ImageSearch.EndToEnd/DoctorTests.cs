using System.Text.Json;
using Xunit;

namespace ImageSearch.EndToEnd;

public sealed class DoctorTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task All_is_well_after_indexing()
    {
        _workplace.AddPictures();
        await _workplace.RunAsync("index", "pictures");

        var run = await _workplace.RunAsync("doctor");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("collection offline-1024", run.Out, StringComparison.Ordinal);
        Assert.Contains("4 pictures", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("✗", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_workplace.Home), path => Path.GetFileName(path).StartsWith(".doctor", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_well_has_a_cure_and_the_exit_code_is_1()
    {
        _workplace.AddPictures();
        await _workplace.RunAsync("index", "pictures");
        Directory.Move(_workplace.Pictures, _workplace.Pictures + "-moved");

        var run = await _workplace.RunAsync("doctor", "--output", "json");

        Assert.Equal(1, run.ExitCode);
        using var json = JsonDocument.Parse(run.Out);
        var ill = Assert.Single(json.RootElement.EnumerateArray(), check => !check.GetProperty("well").GetBoolean());
        Assert.Equal("library pictures", ill.GetProperty("subject").GetString());
        Assert.Contains("imagesearch forget pictures", ill.GetProperty("cure").GetString(), StringComparison.Ordinal);
    }
}
