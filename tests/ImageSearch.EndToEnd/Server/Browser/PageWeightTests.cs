using System.Text.Json;
using Xunit;

namespace ImageSearch.EndToEnd.Server.Browser;

/// <summary>What the page costs to load, and whom it talks to.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PageWeightTests(ServedPictures pictures)
{
    private const int MostBytes = 150_000;

    [ChromiumFact]
    public async Task The_page_weighs_less_than_150_kB_without_pictures()
    {
        await using var visit = await PageVisit.ToAsync(pictures);

        var entries = await visit.Page.EvaluateAsync<JsonElement>(
            "() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map(({ name, decodedBodySize }) => ({ path: new URL(name).pathname, bytes: decodedBodySize }))");

        var files = entries.EnumerateArray().Select(entry => (Path: entry.GetProperty("path").GetString()!, Bytes: entry.GetProperty("bytes").GetInt64()))
            .Where(file => !file.Path.StartsWith("/api/", StringComparison.Ordinal)).ToList();
        Assert.Superset(new HashSet<string> { "/", "/js/main.js", "/css/tokens.css" }, files.Select(file => file.Path).ToHashSet());
        Assert.InRange(files.Sum(file => file.Bytes), 1, MostBytes - 1);
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
