using Microsoft.Playwright;
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
        var loaded = new List<Task<(string Path, int Bytes)>>();
        visit.Page.Response += (_, response) =>
        {
            if (!new Uri(response.Url).AbsolutePath.StartsWith("/api/", StringComparison.Ordinal))
            {
                loaded.Add(WeighAsync(response));
            }
        };

        await visit.Page.ReloadAsync(new() { WaitUntil = WaitUntilState.NetworkIdle });

        var files = await Task.WhenAll(loaded);
        Assert.Contains(files, file => file.Path == "/js/main.js");
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

    private static async Task<(string Path, int Bytes)> WeighAsync(IResponse response) =>
        (new Uri(response.Url).AbsolutePath, (await response.BodyAsync()).Length);
}
