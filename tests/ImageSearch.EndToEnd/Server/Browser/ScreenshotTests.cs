using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ImageSearch.EndToEnd.Server.Browser;

/// <summary>The pictures of docs/page.md. They are kept when IMAGESEARCH_RECORD_SCREENSHOTS=1 is set: fonts differ between machines.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ScreenshotTests(ServedPictures pictures)
{
    private const int MostBytes = 200_000;

    [ChromiumFact]
    public async Task The_search_on_a_desktop_is_shown_in_the_documents()
    {
        await using var visit = await PageVisit.ToAsync(pictures, "cat type:jpeg,png,webp");

        await KeepAsync(visit, "page-desktop");
    }

    [ChromiumFact]
    public async Task The_viewer_is_shown_in_the_documents()
    {
        await using var visit = await PageVisit.ToAsync(pictures, "coffee");
        await visit.Tiles.First.ClickAsync();
        await Expect(visit.Viewer.GetByText("Why this picture")).ToBeVisibleAsync();

        await KeepAsync(visit, "page-viewer");
    }

    [ChromiumFact]
    public async Task The_search_on_a_phone_is_shown_in_the_documents()
    {
        await using var visit = await PageVisit.ToAsync(pictures, "", ColorScheme.Dark, phone: true);

        await KeepAsync(visit, "page-phone");
    }

    [ChromiumFact]
    public async Task A_judged_search_is_shown_in_the_documents()
    {
        const string Query = "moose or raccoon in the wild";
        var verdicts = new Dictionary<string, (string Verdict, int Grade, string Reason)>
        {
            ["moose.jpg"] = ("keep", 10, "a moose resting in the heather"),
            ["raccoon.jpg"] = ("keep", 9, "a raccoon among leaves"),
            ["perch.webp"] = ("keep", 7, "two perch under water"),
            ["goldfish.webp"] = ("unsure", 4, "a goldfish, which is a pet"),
            ["chelsea.jpg"] = ("drop", 2, "a cat indoors"),
            ["photographer.jpg"] = ("drop", 0, "a man with a camera"),
            ["rocket.jpg"] = ("drop", 0, "a rocket at night"),
        };
        var hits = (await pictures.Server.GetAsync($"/api/search?q={Uri.EscapeDataString(Query)}")).GetProperty("results").EnumerateArray();
        pictures.Model.Verdicts = [.. hits.Select(hit => verdicts.GetValueOrDefault(Path.GetFileName(hit.GetProperty("path").GetString()!), ("drop", 0, "no animal")))];
        await using var visit = await PageVisit.ToAsync(pictures, Query, vision: true);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Judge", Exact = true }).ClickAsync();
        await visit.Page.GetByText("the model would drop").ClickAsync();

        await KeepAsync(visit, "page-judged");
    }

    private static async Task KeepAsync(PageVisit visit, string name)
    {
        await visit.Page.WaitForFunctionAsync("() => document.querySelector('.tile') && [...document.images].every(image => image.complete)");

        var bytes = await visit.Page.ScreenshotAsync(new() { Type = ScreenshotType.Jpeg, Quality = 74 });

        Assert.InRange(bytes.Length, 10_000, MostBytes);
        if (Environment.GetEnvironmentVariable("IMAGESEARCH_RECORD_SCREENSHOTS") == "1")
        {
            var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "docs", "images"));
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name + ".jpg"), bytes);
        }
    }
}
