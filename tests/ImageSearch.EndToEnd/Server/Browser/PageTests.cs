using ImageSearch.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ImageSearch.EndToEnd.Server.Browser;

/// <summary>The page as a person uses it, over the repository's own pictures.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PageTests(ServedPictures pictures)
{
    [ChromiumFact]
    public async Task Words_find_pictures_while_they_are_typed()
    {
        await using var visit = await PageVisit.ToAsync(pictures);

        await visit.Box.PressSequentiallyAsync("coffee");

        await visit.FirstIsAsync("Espresso");
        Assert.Equal("coffee", visit.Query);
        Assert.Empty(visit.Complaints);
    }

    [ChromiumFact]
    public async Task A_dropped_picture_is_searched_by()
    {
        await using var visit = await PageVisit.ToAsync(pictures);

        await DropAsync(visit.Page, DataSamples.Read("edited/chelsea-small.jpg"));
        await visit.QueryIsAsync("^like:upload:[0-9a-f]{64}$");

        await visit.FirstIsAsync("Chelsea");
        await Expect(visit.Page.Locator(".tokens canvas")).ToHaveCountAsync(1);
        Assert.Empty(visit.Complaints);
    }

    [ChromiumFact]
    public async Task What_is_dropped_and_is_no_picture_is_refused_in_words()
    {
        await using var visit = await PageVisit.ToAsync(pictures);

        await DropAsync(visit.Page, "this is not a picture"u8.ToArray());

        await Expect(visit.Page.Locator(".notice")).ToBeVisibleAsync();
        Assert.Equal("", visit.Query);
    }

    [ChromiumFact]
    public async Task More_like_this_and_not_like_this_join_the_query()
    {
        await using var visit = await PageVisit.ToAsync(pictures, "coffee");

        await visit.Tiles.First.HoverAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "More like coffee" }).First.ClickAsync();
        await visit.QueryIsAsync("^coffee like:id:[0-9a-f-]{36}$");
        await visit.AnsweredAsync();
        var liked = visit.Query;
        await visit.Tiles.First.FocusAsync();
        await visit.Page.Keyboard.PressAsync("x");
        await visit.QueryIsAsync("^coffee like:id:[0-9a-f-]{36} -like:id:[0-9a-f-]{36}$");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Remove Not like this picture" }).ClickAsync();
        await visit.QueryIsAsync($"^{liked}$");
        Assert.Empty(visit.Complaints);
    }

    [ChromiumFact]
    public async Task What_was_read_out_of_plain_words_is_said_and_the_words_can_be_taken_as_typed()
    {
        await using var visit = await PageVisit.ToAsync(pictures, "coffee without dogs in 2023");

        await Expect(visit.Page.Locator("query-chips")).ToContainTextAsync("taken:2023");
        await Expect(visit.Page.Locator(".plan")).ToContainTextAsync("Read from “coffee without dogs in 2023”");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Search as typed" }).ClickAsync();
        await visit.QueryIsAsync("^1:\"coffee without dogs in 2023\"$");

        await Expect(visit.Page.Locator("query-chips")).ToBeHiddenAsync();
        Assert.Empty(visit.Complaints);
    }

    [ChromiumFact]
    public async Task Filters_narrow_the_answer_and_several_values_of_one_mean_or()
    {
        await using var visit = await PageVisit.ToAsync(pictures);
        var panel = visit.Page.Locator("#filters");

        await panel.GetByText("PNG", new() { Exact = true }).ClickAsync();
        await visit.QueryIsAsync("^type:png$");
        await visit.AnsweredAsync();
        await panel.GetByText("WEBP", new() { Exact = true }).ClickAsync();
        await visit.QueryIsAsync("^type:png,webp$");
        await visit.AnsweredAsync();

        var paths = (await pictures.Server.GetAsync("/api/search?q=type:png,webp&limit=500")).GetProperty("results").GetArrayLength();
        await Expect(visit.Tiles).ToHaveCountAsync(paths);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Remove type:png,webp" }).ClickAsync();
        await visit.QueryIsAsync("^$");
        await Expect(panel.GetByRole(AriaRole.Checkbox, new() { Checked = true })).ToHaveCountAsync(0);
    }

    [ChromiumFact]
    public async Task The_viewer_shows_a_picture_its_facts_and_the_next()
    {
        await using var visit = await PageVisit.ToAsync(pictures, "coffee");

        await visit.Tiles.First.ClickAsync();
        await Expect(visit.Viewer.Locator("photo-facts h2")).ToHaveTextAsync("Espresso at the bar");
        await Expect(visit.Viewer.GetByText("Why this picture")).ToBeVisibleAsync();
        var first = visit.AddressValue("picture");
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(visit.Viewer.Locator("photo-facts h2")).Not.ToHaveTextAsync("Espresso at the bar");
        Assert.NotEqual(first, visit.AddressValue("picture"));

        await visit.Page.Keyboard.PressAsync("+");
        await Expect(visit.Viewer.Locator("zoom-stage.zoomed")).ToHaveCountAsync(1);
        await visit.Page.Keyboard.PressAsync("0");
        await Expect(visit.Viewer.Locator("zoom-stage.zoomed")).ToHaveCountAsync(0);
        await visit.Page.GoBackAsync();
        await Expect(visit.Viewer).ToHaveCountAsync(0);
        Assert.Equal("coffee", visit.Query);
        Assert.Empty(visit.Complaints);
    }

    [ChromiumFact]
    public async Task The_keyboard_alone_will_do()
    {
        await using var visit = await PageVisit.ToAsync(pictures);
        var keys = visit.Page.Keyboard;

        await keys.PressAsync("/");
        await keys.TypeAsync("coffee");
        await visit.FirstIsAsync("Espresso");
        await keys.PressAsync("Enter");
        await visit.AnsweredAsync();
        await keys.PressAsync("ArrowDown");
        await Expect(visit.Tiles.First).ToBeFocusedAsync();
        await keys.PressAsync("ArrowRight");
        await Expect(visit.Tiles.Nth(1)).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(visit.Viewer).ToBeVisibleAsync();
        await keys.PressAsync("ArrowLeft");
        await keys.PressAsync("Escape");

        await Expect(visit.Viewer).ToHaveCountAsync(0);
        await Expect(visit.Tiles.First).ToBeFocusedAsync();
        await keys.PressAsync("l");
        await visit.QueryIsAsync("^coffee like:id:");
        await keys.PressAsync("?");
        await Expect(visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys and query language" })).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    [ChromiumFact]
    public async Task The_address_brings_back_the_whole_state()
    {
        await using var visit = await PageVisit.ToAsync(pictures, "drawing type:png,webp,gif sort:date");
        await visit.Tiles.Nth(1).ClickAsync();
        await Expect(visit.Viewer).ToBeVisibleAsync();
        var (address, name) = (visit.Page.Url, await visit.Viewer.Locator("photo-facts h2").TextContentAsync());

        await visit.Page.ReloadAsync();

        await Expect(visit.Viewer.Locator("photo-facts h2")).ToHaveTextAsync(name!);
        Assert.Equal(address, visit.Page.Url);
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Box).ToHaveValueAsync("drawing type:png,webp,gif sort:date");
        await Expect(visit.Page.GetByLabel("Order")).ToHaveValueAsync("date");
        await Expect(visit.Page.Locator("#filters").GetByRole(AriaRole.Checkbox, new() { Checked = true })).ToHaveCountAsync(3);
    }

    [ChromiumFact]
    public async Task Back_and_forward_go_from_search_to_search()
    {
        await using var visit = await PageVisit.ToAsync(pictures, "coffee");
        await visit.Box.FillAsync("moose");
        await visit.Box.PressAsync("Enter");
        await visit.FirstIsAsync("moose");

        await visit.Page.GoBackAsync();
        await visit.FirstIsAsync("Espresso");
        await visit.Page.GoForwardAsync();

        await visit.FirstIsAsync("moose");
        await Expect(visit.Box).ToHaveValueAsync("moose");
    }

    [ChromiumFact]
    public async Task A_search_that_cannot_be_read_says_why()
    {
        await using var visit = await PageVisit.ToAsync(pictures, "sort:size");

        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("sort:date");
        Assert.Empty(visit.Complaints);
    }

    [ChromiumFact]
    public async Task What_failed_is_told_and_read_once_more_when_asked_for()
    {
        await using var visit = await PageVisit.ToAsync(pictures);
        var before = await LastRunAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "1 failed" }).ClickAsync();
        await Expect(visit.Page.Locator(".failures li")).ToContainTextAsync("IMG_2035.jpg");
        var answered = visit.Page.WaitForResponseAsync("**/api/libraries/pictures/retry");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Try again what failed in pictures" }).ClickAsync();

        Assert.Equal(202, (await answered).Status);
        await Expect(visit.Page.Locator("dialog.window")).ToHaveCountAsync(0);
        await visit.Page.WaitForFunctionAsync("async before => (await (await fetch('/api/libraries')).json()).libraries[0].lastRun.started !== before", before);
        Assert.Empty(visit.Complaints);
    }

    private async Task<string> LastRunAsync() =>
        (await pictures.Server.GetAsync("/api/libraries")).GetProperty("libraries")[0].GetProperty("lastRun").GetProperty("started").GetString()!;

    private static async Task DropAsync(IPage page, byte[] bytes) => _ = await page.EvaluateAsync(
        """
        text => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([Uint8Array.from(atob(text), letter => letter.charCodeAt(0))], 'dropped.jpg', { type: 'image/jpeg' }));
          for (const type of ['dragenter', 'dragover', 'drop']) {
            document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
          }
        }
        """,
        Convert.ToBase64String(bytes));
}
