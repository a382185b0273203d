using System.Text.RegularExpressions;
using ImageSearch.Testing.Bedrock;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ImageSearch.EndToEnd.Server.Browser;

/// <summary>What a person has a model do on the page.</summary>
[Collection(BrowserCollection.Name)]
public sealed class VisionTests(ServedPictures pictures)
{
    [ChromiumFact]
    public async Task Hits_are_judged_when_asked_for_and_stand_in_the_order_of_their_grades_and_back_again()
    {
        pictures.Model.Verdicts = [("drop", 1, "no coffee <img src=x>"), ("keep", 7, "a pan"), ("keep", 9, "a cup")];
        await using var visit = await PageVisit.ToAsync(pictures, "coffee or tea", vision: true);
        var plain = await NamesAsync(visit);
        await Expect(Line(visit)).ToContainTextAsync("about $0.008");
        Assert.DoesNotContain("judge=1", visit.Page.Url, StringComparison.Ordinal);

        await Judge(visit).ClickAsync();
        await Expect(Line(visit)).ToContainTextAsync("2 fit, 10 do not fit");

        await Expect(visit.Page.Locator(".tile .verdict")).ToHaveTextAsync(["The model says: 9 fits", "The model says: 7 fits"]);
        Assert.Equal([plain[2], plain[1]], (await NamesAsync(visit)).Take(2));
        Assert.Equal("fits, 9 of 10: a cup", await visit.Tiles.First.GetAttributeAsync("title"));
        await visit.Page.GetByText("10 the model would drop").ClickAsync();
        await Expect(visit.Page.Locator(".dropped li").First).ToContainTextAsync("no coffee <img src=x>");
        await visit.Page.Locator(".dropped a").First.ClickAsync();
        await Expect(visit.Viewer.GetByText("does not fit, 1 of 10: no coffee <img src=x>")).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Page).Not.ToHaveURLAsync(new Regex("picture="));
        Assert.Equal("1", visit.AddressValue("judge"));
        var calls = pictures.Bedrock.Calls.Count;
        await visit.Page.ReloadAsync();
        await Expect(Line(visit)).ToContainTextAsync("All kept from before");
        Assert.Equal(calls, pictures.Bedrock.Calls.Count);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Plain order" }).ClickAsync();
        await Expect(visit.Page.Locator(".tile .verdict")).ToHaveCountAsync(0);
        Assert.Equal(plain, await NamesAsync(visit));
        Assert.Equal("", visit.AddressValue("judge"));
        Assert.Empty(visit.Complaints);
    }

    [ChromiumFact]
    public async Task An_address_alone_spends_nothing_and_a_new_search_stops_the_model()
    {
        await using var visit = await PageVisit.ToAsync(pictures, "rocket", vision: true);
        await visit.Page.GotoAsync(visit.Page.Url + "&judge=1");
        await visit.AnsweredAsync();
        await Expect(Judge(visit)).ToBeVisibleAsync();
        var before = pictures.Bedrock.Calls.Count;
        pictures.Bedrock.Inject(new BedrockFault.StreamPause(0));

        await Judge(visit).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" })).ToBeVisibleAsync();
        while (pictures.Bedrock.Calls.Count == before)
        {
            await Task.Yield();
        }

        await visit.Box.FillAsync("moose");
        await visit.FirstIsAsync("moose");

        await pictures.Bedrock.Calls[before].ClientLeft.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("", visit.AddressValue("judge"));
        Assert.Empty(visit.Complaints);
    }

    [ChromiumFact]
    public async Task What_goes_wrong_with_the_model_is_said_and_the_plain_order_stays()
    {
        pictures.Bedrock.Inject(new BedrockFault.StreamException(6, "modelStreamErrorException", "The model failed."));
        await using var visit = await PageVisit.ToAsync(pictures, "windmill", vision: true);
        var plain = await NamesAsync(visit);

        await Judge(visit).ClickAsync();

        await Expect(visit.Page.Locator(".notice")).ToContainTextAsync("The order is the plain one.");
        await Expect(Line(visit).Locator(".notes")).ToContainTextAsync("The model failed.");
        await Expect(visit.Page.Locator(".tile .verdict")).ToHaveCountAsync(0);
        Assert.Equal(plain, await NamesAsync(visit));
    }

    [ChromiumFact]
    public async Task A_picture_is_described_in_the_viewer_as_text_and_never_as_markup()
    {
        await using var visit = await PageVisit.ToAsync(pictures, "brick", vision: true);
        await visit.Tiles.First.ClickAsync();

        await visit.Viewer.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Describe, about") }).ClickAsync();

        await Expect(visit.Viewer.Locator(".facts-text")).ToContainTextAsync("A <b>cup</b> of espresso on a bar.");
        await Expect(visit.Viewer.Locator(".facts-text small")).ToHaveTextAsync("global.anthropic.claude-haiku-4-5-20251001-v1:0");
        await Expect(visit.Viewer.GetByText("ILLY")).ToBeVisibleAsync();
        await Expect(visit.Viewer.GetByRole(AriaRole.Button, new() { Name = "espresso machine" })).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    [ChromiumFact]
    public async Task A_question_is_answered_as_the_model_says_it_and_can_be_stopped()
    {
        pictures.Model.Answer = "It is <b>an astronaut</b> in an orange suit.";
        pictures.Bedrock.Inject(new BedrockFault.StreamPause(4));
        await using var visit = await PageVisit.ToAsync(pictures, "astronaut", vision: true);
        await visit.Tiles.First.ClickAsync();
        var (question, answer, stop) = (visit.Viewer.GetByLabel("Ask the model"), visit.Viewer.Locator(".answer"), visit.Viewer.GetByRole(AriaRole.Button, new() { Name = "Stop" }));

        await question.FillAsync("Who is this?");
        await question.PressAsync("Enter");
        await Expect(answer).ToHaveTextAsync("It is <b>an");
        await Expect(answer).ToHaveAttributeAsync("aria-busy", "true");
        pictures.Bedrock.Resume();
        await Expect(answer).ToHaveTextAsync("It is <b>an astronaut</b> in an orange suit.");
        await Expect(answer).ToHaveAttributeAsync("aria-busy", "false");

        await visit.Viewer.GetByLabel("About").SelectOptionAsync("12");
        pictures.Bedrock.Inject(new BedrockFault.StreamPause(0));
        var before = pictures.Bedrock.Calls.Count;
        await question.PressAsync("Enter");
        while (pictures.Bedrock.Calls.Count == before)
        {
            await Task.Yield();
        }

        await stop.ClickAsync();
        await pictures.Bedrock.Calls[before].ClientLeft.WaitAsync(TimeSpan.FromSeconds(30));
        await Expect(stop).ToBeHiddenAsync();
        Assert.Empty(visit.Complaints);
    }

    [ChromiumFact]
    public async Task A_page_whose_server_asks_no_model_offers_none_and_loads_nothing_for_it()
    {
        await using var visit = await PageVisit.ToAsync(pictures, "coffee");

        await visit.Tiles.First.ClickAsync();
        await Expect(visit.Viewer.GetByText("Why this picture")).ToBeVisibleAsync();

        await Expect(visit.Page.Locator("judge-line, picture-questions")).ToHaveCountAsync(0);
        Assert.Empty(await visit.Page.EvaluateAsync<string[]>("() => performance.getEntriesByType('resource').map(entry => entry.name).filter(name => name.includes('vision'))"));
    }

    private static ILocator Line(PageVisit visit) => visit.Page.Locator("judge-line");

    private static ILocator Judge(PageVisit visit) => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Judge", Exact = true });

    private static async Task<IReadOnlyList<string>> NamesAsync(PageVisit visit)
    {
        await visit.Tiles.First.WaitForAsync();
        return await visit.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.tile img')].map(image => image.alt)");
    }
}
