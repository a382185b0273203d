using System.Text.Json;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ImageSearch.EndToEnd.Server.Browser;

/// <summary>What the page costs to load, and whom it talks to.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PageWeightTests(ServedPictures pictures)
{
    private const int MostOverTheWire = 90_000;
    private const int MostUnpacked = 190_000;

    [ChromiumFact]
    public async Task The_page_weighs_little_without_pictures_on_the_wire_and_unpacked()
    {
        await using var visit = await PageVisit.ToAsync(pictures, "coffee", vision: true);
        await Expect(visit.Page.Locator("judge-line")).ToBeVisibleAsync();

        var entries = await visit.Page.EvaluateAsync<JsonElement>(
            "() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map(({ name, transferSize, decodedBodySize }) => ({ path: new URL(name).pathname, sent: transferSize, unpacked: decodedBodySize }))");

        var files = entries.EnumerateArray().Where(entry => !entry.GetProperty("path").GetString()!.StartsWith("/api/", StringComparison.Ordinal)).ToList();
        Assert.Superset(new HashSet<string> { "/", "/js/main.js", "/css/tokens.css", "/js/vision/offer.js" }, files.Select(file => file.GetProperty("path").GetString()!).ToHashSet());
        // With the headers of each answer, as it was never there before.
        Assert.InRange(files.Sum(file => file.GetProperty("sent").GetInt64()), 10_000, MostOverTheWire);
        Assert.InRange(files.Sum(file => file.GetProperty("unpacked").GetInt64()), 100_000, MostUnpacked);
    }

    [ChromiumFact]
    public async Task Scripts_and_everything_else_come_from_its_own_origin_only()
    {
        await using var visit = await PageVisit.ToAsync(pictures, "coffee");

        await visit.Tiles.First.ClickAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.Keyboard.PressAsync("?");

        Assert.Empty(visit.Complaints);
        var markup = await visit.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('script:not([src]), style, [onclick], [onload]')].map(element => element.outerHTML)");
        Assert.Empty(markup);
    }
}
