using System.Text.Json;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ImageSearch.EndToEnd.Server.Browser;

/// <summary>The page as axe-core judges it: nothing that hinders somebody seriously.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(ServedPictures pictures)
{
    [AxeTheory]
    [InlineData("chips")]
    [InlineData("suggestions")]
    [InlineData("viewer")]
    [InlineData("help")]
    [InlineData("empty")]
    [InlineData("error")]
    [InlineData("sheet")]
    [InlineData("judged")]
    [InlineData("questions")]
    public async Task No_state_of_the_page_hinders_anybody_seriously(string state)
    {
        await using var visit = await PageVisit.ToAsync(pictures, QueryOf(state), phone: state == "sheet", vision: state is "judged" or "questions");
        pictures.Model.Verdicts = [("keep", 9, "an astronaut"), ("unsure", 5, "perhaps")];
        await BringAboutAsync(visit, state);
        _ = await visit.Page.EvaluateAsync(await File.ReadAllTextAsync(Chromium.AxeCore));

        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            var findings = await visit.Page.EvaluateAsync<JsonElement>("() => axe.run()");

            var serious = findings.GetProperty("violations").EnumerateArray().Where(finding => finding.GetProperty("impact").GetString() is "serious" or "critical");
            Assert.Empty(serious.Select(Described));
            Assert.NotEqual(0, findings.GetProperty("passes").GetArrayLength());
        }
    }

    private static string QueryOf(string state) => state switch
    {
        "chips" => "coffee -type:gif -night sort:date",
        "empty" => "rating:5 type:bmp",
        "error" => "sort:size",
        "viewer" or "questions" => "coffee",
        "judged" => "astronaut",
        _ => "",
    };

    private static async Task BringAboutAsync(PageVisit visit, string state)
    {
        switch (state)
        {
            case "chips":
                await visit.Page.Keyboard.PressAsync("d");
                break;
            case "suggestions":
                await visit.Box.PressSequentiallyAsync("typ");
                await Expect(visit.Page.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
                await visit.Page.Keyboard.PressAsync("ArrowDown");
                break;
            case "viewer":
                await visit.Tiles.First.ClickAsync();
                await Expect(visit.Viewer).ToBeVisibleAsync();
                break;
            case "questions":
                await visit.Tiles.First.ClickAsync();
                await Expect(visit.Viewer.GetByLabel("Ask the model")).ToBeVisibleAsync();
                break;
            case "judged":
                await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Judge", Exact = true }).ClickAsync();
                await visit.Page.GetByText("the model would drop").ClickAsync();
                break;
            case "help":
                await visit.Page.Keyboard.PressAsync("?");
                break;
            case "sheet":
                await visit.Page.Locator("#filters-toggle").ClickAsync();
                await Expect(visit.Page.Locator("dialog.sheet fieldset").First).ToBeVisibleAsync();
                break;
            default:
                break;
        }
    }

    private static string Described(JsonElement finding) =>
        $"{finding.GetProperty("id").GetString()}: {string.Join(" | ", finding.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("html").GetString()))}";
}
